import type { OrderSide, Price, Quantity } from '@tranchebook/core'
import { deliver, emit, type Exchange } from '../engine/exchange.js'

/** Somebody else's position that the venue closes. */
export interface OthersLiquidated {
  readonly symbol: string
  /** Of the closing order: `SELL` closes a long. */
  readonly side: OrderSide
  readonly quantity: Quantity
  readonly price: Price
}

/** Tells the market's streams that somebody else was liquidated. It moves no price. */
export function tellLiquidation(exchange: Exchange, liquidated: OthersLiquidated): void {
  emit(exchange, { type: 'liquidation', time: exchange.time, ...liquidated })
  deliver(exchange)
}
