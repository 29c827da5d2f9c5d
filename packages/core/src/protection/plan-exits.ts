import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { minus, plus, smaller } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { exitsInFlight, unallocatedExitsInFlight } from '../policy/in-flight.js'
import { isBetterExit } from '../policy/pnl.js'
import { hasRestingFailSafe } from './coverage.js'
import { hasTriedFitting, mayTry } from '../policy/order-failures.js'
import type { ProtectionUnit } from './protection-unit.js'
import { coverOf, isQuantityStop, isResting, uncoveredBy } from './stop-cover.js'

function hasExits(book: TrancheBook): boolean {
  for (const order of book.orders.values()) if (order.purpose === 'exit') return true
  return false
}

/**
 * What each open tranche of a side loses to exits in flight. Exits without an allocation count against the oldest first, isolated
 * ones last, as for a combined pair.
 */
export function takenByExits(book: TrancheBook, side: Side): ReadonlyMap<string, Quantity> {
  const taken = new Map<string, Quantity>()
  if (!hasExits(book)) return taken
  let spread = unallocatedExitsInFlight(book, side)
  const { tranches } = book.groups[side]
  const inOrder = [...tranches.filter(({ isolated }) => !isolated), ...tranches.filter(({ isolated }) => isolated)]
  for (const { id, quantity } of inOrder) {
    const own = smaller(quantity, exitsInFlight(book, id))
    const lent = smaller(minus(quantity, own), spread)
    spread = minus(spread, lent)
    if (own > 0n || lent > 0n) taken.set(id, plus(own, lent))
  }
  return taken
}

/** What of the parts no exit in flight takes. */
export function withoutTaken(
  parts: readonly Allocation[],
  taken: ReadonlyMap<string, Quantity>,
): readonly Allocation[] {
  return uncoveredBy({ byTranche: taken, pooled: NO_QUANTITY }, parts)
}

/** What the split of a stop depends on. */
export interface SplitRules {
  readonly config: DecisionContext['config']
  readonly instrument: DecisionContext['instrument']
  /** The price that stops of the side are judged by; `null` = not known. */
  readonly mark: Price | null
  /** False where a close-position stop would close more than has a stop. */
  readonly canFailSafe: boolean
  /** Now, epoch ms. */
  readonly time: number
}

/** How a unit's stop splits: what may rest as a stop, and what has to be closed at market now. */
export interface StopSplit {
  readonly resting: readonly Allocation[]
  /** Exits in flight included. */
  readonly closing: readonly Allocation[]
  readonly isPassed: boolean
}

/** Whether a price is at or beyond a stop's trigger. */
export function hasPassedStop(side: Side, trigger: Price | null, mark: Price | null): boolean {
  return trigger !== null && mark !== null && !isBetterExit(side, mark, trigger)
}

/** Of a passed stop, what an order with a passed trigger may be closing is left to it; the rest is closed at market. */
function splitPassed(unit: ProtectionUnit, book: TrancheBook, mark: Price | null): StopSplit {
  const triggered = [...book.orders.values()].filter((order) => hasPassedStop(unit.side, order.triggerPrice, mark))
  if (triggered.some((order) => order.side === unit.side && order.closePosition))
    return { resting: unit.parts, closing: [], isPassed: true }
  const closing = uncoveredBy(coverOf(triggered.filter((order) => isQuantityStop(order, unit.side))), unit.parts)
  const byTranche = new Map(closing.map((part) => [part.tranche, part.quantity]))
  return { resting: withoutTaken(unit.parts, byTranche), closing, isPassed: true }
}

/**
 * A stop that the price has passed, as a fresh mark or a refusal tells, would trigger at once, so it is closed at market instead; so
 * is what no stop covers once both stops and close-position stops have been refused too often (semantics §7). Refusals are counted for the symbol: after a
 * pause they may be those of another tranche, and a stop is tried first. Refusals of what does not fit the filters say nothing.
 */
export function splitStop(
  unit: ProtectionUnit,
  book: TrancheBook,
  { config, instrument, mark, canFailSafe, time }: SplitRules,
): StopSplit {
  if (unit.stopPrice === null) return { resting: [], closing: [], isPassed: false }
  if (hasPassedStop(unit.side, unit.stopPrice, mark)) return splitPassed(unit, book, mark)
  const at = { config, time }
  const canStop = mayTry(book, 'stop', at) || (canFailSafe && mayTry(book, 'failSafe', at))
  if (canStop || hasRestingFailSafe(book, unit.side) || !hasTriedFitting(book, instrument))
    return { resting: unit.parts, closing: [], isPassed: false }
  const stops = [...book.orders.values()].filter((order) => isQuantityStop(order, unit.side) && isResting(order))
  return { resting: unit.parts, closing: uncoveredBy(coverOf(stops), unit.parts), isPassed: false }
}
