import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { PositionCheck } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { larger, minus, negate, smaller } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { isDriftSettled } from '../policy/reconcile.js'

/** Why less than the open quantity of a side may have orders. */
export type CapacityLimit = 'oneWayNet' | 'venueHoldsLess'

/** What exits of one kind may close of a side at the venue, base. */
export interface SideCapacity {
  readonly quantity: Quantity
  /** `null` = all that is open. */
  readonly limit: CapacityLimit | null
}

/** The side that the venue's one net position is on. */
function netOf(book: TrancheBook, side: Side): Quantity {
  const net = minus(book.groups.LONG.quantity, book.groups.SHORT.quantity)
  return larger(side === 'LONG' ? net : negate(net), NO_QUANTITY)
}

/** Whether the venue's word is newer than every fill and has stood long enough to act on. */
function isSettled(check: PositionCheck, book: TrancheBook, driftSettleMs: number): boolean {
  if (check.status !== 'drift' || check.time < book.lastFillTime) return false
  return isDriftSettled(check, check.time, driftSettleMs)
}

function heldAtVenue(book: TrancheBook, side: Side, driftSettleMs: number): Quantity | null {
  const check = book.checks[positionSideOf(book, side)]
  if (check === null || !isSettled(check, book, driftSettleMs)) return null
  const isNegated = check.positionSide === 'BOTH' && side === 'SHORT'
  return larger(isNegated ? negate(check.quantity) : check.quantity, NO_QUANTITY)
}

/**
 * How much of a side may rest as exits of one kind (semantics §7). In one-way mode with tranches on both sides that is the net
 * position, since the venue refuses reduce-only orders above it; after a settled drift it is at most what the venue holds.
 */
export function sideCapacity(book: TrancheBook, side: Side, config: Pick<SymbolConfig, 'driftSettleMs'>): SideCapacity {
  const open = book.groups[side].quantity
  const net = book.positionMode === 'ONE_WAY' ? smaller(netOf(book, side), open) : open
  const held = heldAtVenue(book, side, config.driftSettleMs)
  if (held !== null && held < net) return { quantity: held, limit: 'venueHoldsLess' }
  return { quantity: net, limit: net < open ? 'oneWayNet' : null }
}
