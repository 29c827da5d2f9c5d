import { deliver, emit, type Exchange, marketOf } from '../engine/exchange.js'

/** Tells those who listen where the mark price of a symbol stands now, as venues do from time to time. */
export function tellMark(exchange: Exchange, symbol: string): void {
  emit(exchange, { type: 'mark', time: exchange.time, symbol, price: marketOf(exchange, symbol).mark })
  deliver(exchange)
}
