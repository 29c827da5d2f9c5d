import type { TrancheBook } from '../book/book.js'
import type { PositionCheck, TrancheGroup } from '../book/group.js'
import type { PositionSide } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import { absolute, minus, smaller } from '../money/arithmetic.js'
import { averagePrice, notional } from '../money/money.js'
import { ALL_PERCENT } from '../money/percent.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'

/** Our own figure for one of the venue's positions: signed for `BOTH`. */
export function ourQuantity(book: TrancheBook, positionSide: PositionSide): Quantity {
  const { LONG, SHORT } = book.groups
  if (positionSide === 'BOTH') return minus(LONG.quantity, SHORT.quantity)
  return book.groups[positionSide].quantity
}

/** How far the venue's figure is from ours, judged but not yet acted on. */
export type Comparison = 'synced' | 'drift' | 'conflict'

/** Equal within one step, or within the tolerance of the venue's quantity; `conflict` when the sides are opposite (semantics §8). */
export function comparePosition(
  ours: Quantity,
  venue: Quantity,
  { config, instrument }: { readonly config: SymbolConfig; readonly instrument: Instrument },
): Comparison {
  const difference = absolute(minus(venue, ours))
  if (difference === 0n) return 'synced'
  if ((ours > 0n && venue < 0n) || (ours < 0n && venue > 0n)) return 'conflict'
  if (venue !== 0n && difference < instrument.stepSize) return 'synced'
  if (difference * ALL_PERCENT <= config.driftTolerancePercent * absolute(venue)) return 'synced'
  return 'drift'
}

/** Whether a difference has lasted long enough and been seen twice. A settle time of 0 acts on the first look. */
export function isDriftSettled(check: PositionCheck | null, time: number, settleMs: number): boolean {
  if (settleMs === 0) return true
  if (check?.driftSince == null) return false
  return check.looks >= 1 && time - check.driftSince >= settleMs
}

/** Quantity and Σ price·quantity of it. */
export type Held = Pick<TrancheGroup, 'quantity' | 'cost'>

/** Price of a recovered tranche, and whether it is only the venue's average rather than implied by it. */
export interface RecoveredPrice {
  readonly price: Price
  readonly isEstimated: boolean
}

/** What we hold of a position in the direction of a side: in one-way mode less what stands against it. */
export function heldOn(book: TrancheBook, positionSide: PositionSide, side: Side): Held {
  const group = book.groups[side]
  if (positionSide !== 'BOTH') return group
  const other = book.groups[side === 'LONG' ? 'SHORT' : 'LONG']
  return { quantity: minus(group.quantity, other.quantity), cost: minus(group.cost, other.cost) }
}

/**
 * What the excess must have cost for the venue's average to be what it is: (E·Pe − Σq·p) ÷ (E − Σq), where that is positive and
 * within 50 % of the mark; the venue's entry price otherwise.
 */
export function recoveredPrice(
  ours: Held,
  venue: { readonly quantity: Quantity; readonly entryPrice: Price },
  mark: Price,
): RecoveredPrice {
  const excess = minus(venue.quantity, ours.quantity)
  const cost = minus(notional(venue.entryPrice, venue.quantity), ours.cost)
  const implied = averagePrice(cost, excess, 'nearest')
  const isPlausible = implied > 0n && absolute(minus(implied, mark)) * 2n <= mark
  return isPlausible ? { price: implied, isEstimated: false } : { price: venue.entryPrice, isEstimated: true }
}

/** Group and quantity that must go so that our figure becomes the venue's; `null` when nothing must. */
export function surplusOf(
  book: TrancheBook,
  positionSide: PositionSide,
  venue: Quantity,
): { side: Side; quantity: Quantity } | null {
  const ours = ourQuantity(book, positionSide)
  const surplus = minus(absolute(ours), absolute(venue))
  if (surplus <= 0n) return null
  const side = positionSide === 'BOTH' ? (ours > 0n ? 'LONG' : 'SHORT') : positionSide
  return { side, quantity: smaller(surplus, book.groups[side].quantity) }
}
