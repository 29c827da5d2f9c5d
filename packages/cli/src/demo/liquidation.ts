import type { OrderSide, Price, Quantity } from '@tranchebook/core'

/** A position of others that a venue closed by force, as its public stream tells it. */
export interface Liquidation {
  readonly symbol: string
  /** Of the closing order: `SELL` = a long was liquidated. */
  readonly side: OrderSide
  readonly quantity: Quantity
  /** At which it was filled on average. */
  readonly price: Price
  /** Epoch ms. */
  readonly time: number
}
