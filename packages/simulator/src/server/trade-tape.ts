import type { Price, Quantity } from '@tranchebook/core'
import type { EngineEvent } from '../engine/events.js'
import type { Exchange } from '../engine/exchange.js'

/** A trade that everybody sees. */
export interface TapeTrade {
  readonly id: string
  readonly price: Price
  readonly quantity: Quantity
  readonly time: number
  readonly isBuyerMaker: boolean
}

const MOST_TRADES = 1_000

/** Remembers the trades of every symbol, for the questions of the market endpoints. */
export class TradeTape {
  readonly #exchange: Exchange
  readonly #trades = new Map<string, TapeTrade[]>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
    exchange.listeners.add(this.#take)
  }

  /** As far back as they are kept, oldest first. */
  of(symbol: string): readonly TapeTrade[] {
    return this.#trades.get(symbol) ?? []
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
    const trades = this.#trades.get(symbol) ?? []
    this.#trades.set(symbol, trades)
    trades.push(trade)
    if (trades.length > MOST_TRADES) trades.shift()
  }
}
