import type { Side } from '../book/tranche.js'
import { minus } from '../money/arithmetic.js'
import { type Money, notional } from '../money/money.js'
import { ALL_PERCENT, asPercent, type Percent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import { divide, type Rounding } from '../money/rounding.js'

/** What is held: Σ price·quantity and quantity, both ≥ 0. */
export interface Holding {
  readonly side: Side
  readonly cost: Money
  readonly quantity: Quantity
}

/** Side-signed result of a holding at a price, gross, quote, exact. */
export function pnlAt({ side, cost, quantity }: Holding, price: Price): Money {
  const value = notional(price, quantity)
  return side === 'LONG' ? minus(value, cost) : minus(cost, value)
}

/** P&L in percent of the entry cost, never multiplied by leverage; to 12 decimals, nearest. 0 for an empty holding. */
export function pnlPercentAt(holding: Holding, price: Price): Percent {
  if (holding.cost === 0n) return asPercent(0n)
  return asPercent(divide(pnlAt(holding, price) * ALL_PERCENT, holding.cost, 'nearest'))
}

/** Whether P&L % ≥ percent, bound included, without rounding. */
export function isAtLeast(holding: Holding, price: Price, percent: Percent): boolean {
  return pnlAt(holding, price) * ALL_PERCENT >= percent * holding.cost
}

/** Whether P&L % ≤ percent, bound included, without rounding. */
export function isAtMost(holding: Holding, price: Price, percent: Percent): boolean {
  return pnlAt(holding, price) * ALL_PERCENT <= percent * holding.cost
}

/** The price at which a holding's P&L % is `percent` (negative = loss), in the named direction to 12 decimals. */
export function priceAtPercent({ side, cost, quantity }: Holding, percent: Percent, rounding: Rounding): Price {
  const factor = side === 'LONG' ? ALL_PERCENT + percent : ALL_PERCENT - percent
  return asPrice(divide(cost * factor, quantity * ALL_PERCENT, rounding))
}

/** Whether `price` is at or beyond `target` in the direction the side gains. */
export function hasReached(side: Side, price: Price, target: Price): boolean {
  return side === 'LONG' ? price >= target : price <= target
}

/** Whether `left` is the better exit for the side. */
export function isBetterExit(side: Side, left: Price, right: Price): boolean {
  return side === 'LONG' ? left > right : left < right
}
