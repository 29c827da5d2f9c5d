import { larger, type Price, type Quantity, smaller } from '@tranchebook/core'
import type { EngineEvent } from '../engine/events.js'
import type { Exchange } from '../engine/exchange.js'

/** One minute of a price, as far as it was looked at: every second, and whenever somebody traded. */
export interface MinuteBar {
  readonly openTime: number
  readonly open: Price
  high: Price
  low: Price
  close: Price
}

/** A trade that everybody sees. */
export interface TapeTrade {
  readonly id: string
  readonly price: Price
  readonly quantity: Quantity
  readonly time: number
  readonly isBuyerMaker: boolean
}

/** What happened to a symbol, as far back as is kept. */
export interface Tape {
  readonly bars: MinuteBar[]
  readonly trades: TapeTrade[]
}

const MINUTE_MS = 60_000
const MOST_BARS = 1_500
const MOST_TRADES = 1_000

function keep<Value>(list: Value[], value: Value, most: number): void {
  list.push(value)
  if (list.length > most) list.shift()
}

/** Remembers prices and trades of every symbol, for the questions of the market endpoints. */
export class PriceTape {
  readonly #exchange: Exchange
  readonly #tapes: ReadonlyMap<string, Tape>

  constructor(exchange: Exchange) {
    this.#exchange = exchange
    this.#tapes = new Map([...exchange.markets.keys()].map((symbol) => [symbol, { bars: [], trades: [] }]))
    exchange.listeners.add(this.#take)
    this.sample()
  }

  /** What is kept of a symbol, the present price included. */
  of(symbol: string): Tape {
    this.sample()
    return this.#tapes.get(symbol) ?? { bars: [], trades: [] }
  }

  /** Looks at every price. */
  sample(): void {
    for (const [symbol, { last }] of this.#exchange.markets) this.#see(symbol, last)
  }

  close(): void {
    this.#exchange.listeners.delete(this.#take)
  }

  readonly #take = (event: EngineEvent): void => {
    if (event.type === 'publicTrade') {
      const { symbol, tradeId: id, price, quantity, time, isBuyerMaker } = event
      this.#print(symbol, { id, price, quantity, time, isBuyerMaker })
    } else if (event.type === 'order' && event.trade?.maker === false) {
      const { symbol, id, price, quantity, time, side } = event.trade
      this.#print(symbol, { id, price, quantity, time, isBuyerMaker: side === 'SELL' })
    }
  }

  #print(symbol: string, trade: TapeTrade): void {
    const tape = this.#tapes.get(symbol)
    if (tape !== undefined) keep(tape.trades, trade, MOST_TRADES)
    this.#see(symbol, trade.price)
  }

  #see(symbol: string, price: Price): void {
    const bars = this.#tapes.get(symbol)?.bars ?? []
    const openTime = Math.floor(this.#exchange.time / MINUTE_MS) * MINUTE_MS
    const bar = bars.at(-1)
    if (bar?.openTime !== openTime) {
      keep(bars, { openTime, open: price, high: price, low: price, close: price }, MOST_BARS)
      return
    }
    bar.high = larger(bar.high, price)
    bar.low = smaller(bar.low, price)
    bar.close = price
  }
}
