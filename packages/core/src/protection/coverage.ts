import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { larger, minus } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { takeParts } from '../policy/in-flight.js'
import { sumOf } from './bundle.js'
import { type ProtectionUnit, unitsOf } from './protection-unit.js'
import { sideCapacity } from './side-capacity.js'
import { coverOf, isQuantityStop, isResting, uncoveredBy } from './stop-cover.js'

/** Whether what is open on one side is behind stops that rest at the venue. */
export interface Coverage {
  readonly side: Side
  readonly protected: boolean
  /** Σ open, base. */
  readonly open: Quantity
  /** What of it is covered, needs no cover on purpose, or is netted by the other side in one-way mode. */
  readonly covered: Quantity
  /** Whose quantity is not, though it has a stop price. Less than one step in all counts as covered. */
  readonly uncovered: readonly Allocation[]
}

/** Parts that should be behind a stop. Isolated tranches of a combined book come last, since pooled stops are not theirs. */
function stoppedParts(units: readonly ProtectionUnit[]): readonly Allocation[] {
  return units.filter((unit) => unit.stopPrice !== null).flatMap((unit) => unit.parts)
}

/** Whether a close-position stop rests that would close all that the venue holds of the side. */
export function hasRestingFailSafe(book: TrancheBook, side: Side): boolean {
  for (const order of book.orders.values())
    if (order.closePosition && order.side === side && order.ending === null && isResting(order)) return true
  return false
}

/**
 * The invariant of semantics §7 for one side, per tranche, or for the group where stops are combined. Orders that are intended
 * or unknown do not cover yet; those being cancelled still do.
 */
export function coverage(
  book: TrancheBook,
  side: Side,
  context: Pick<DecisionContext, 'config' | 'instrument'>,
): Coverage {
  const { config, instrument } = context
  const { quantity: open, tranches } = book.groups[side]
  if (tranches.length === 0) return { side, protected: true, open, covered: open, uncovered: [] }
  const needed = stoppedParts(unitsOf(book, side, context))
  const stops = [...book.orders.values()].filter((order) => isQuantityStop(order, side) && isResting(order))
  const missing = hasRestingFailSafe(book, side) ? [] : uncoveredBy(coverOf(stops), needed)
  const netted = minus(open, sideCapacity(book, side, config).quantity)
  const exposed = takeParts(missing, larger(minus(sumOf(missing), netted), NO_QUANTITY))
  const short = sumOf(exposed)
  const isProtected = short === 0n || short < instrument.stepSize
  return {
    side,
    protected: isProtected,
    open,
    covered: isProtected ? open : minus(open, short),
    uncovered: isProtected ? [] : exposed,
  }
}
