import {
  asQuantity,
  formatQuantity,
  type Money,
  type Price,
  type Quantity,
  roundQuantity,
  type Side,
} from '@tranchebook/core'
import type { Desk } from './strategy.js'

/** An entry at market. */
export interface Entry {
  readonly symbol: string
  readonly side: Side
  /** Quote. */
  readonly amount: Money
  readonly price: Price
}

/** Base that an amount buys at a price, down to 12 decimals: money has 24 decimals, a price 12. */
function quantityFor(amount: Money, price: Price): Quantity {
  return asQuantity(amount / price)
}

/** Asks for an entry where every limit allows one; a refusal would only be recorded. */
export async function enter({ manager, rules }: Desk, { symbol, side, amount, price }: Entry): Promise<void> {
  const quantity = formatQuantity(roundQuantity(rules.instrument, quantityFor(amount, price)))
  if (quantity === '0') return
  const request = { symbol, side, quantity }
  if (manager.canOpenNewTranche(request).allowed) await manager.openTranche(request)
}
