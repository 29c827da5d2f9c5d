import type { Exchange } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'
import { movePrice, playTrade, type PublicTrade } from '../engine/move-price.js'

/** A trade of others at a time. */
export interface TimedTrade extends PublicTrade {
  /** Epoch ms. */
  readonly time: number
}

/** Plays one recorded trade: the clock goes there, the book meets it, and the mark follows. */
export function playTimedTrade(exchange: Exchange, trade: TimedTrade): void {
  advanceTo(exchange, trade.time)
  playTrade(exchange, trade)
  movePrice(exchange, { symbol: trade.symbol, to: trade.price, axis: 'mark', isGap: true })
}
