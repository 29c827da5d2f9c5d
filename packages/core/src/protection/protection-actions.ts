import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation, BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { larger, minus } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { sumByTranche, sumOf } from './bundle.js'
import { mayCancel } from '../policy/order-failures.js'
import type { DesiredOrder } from './desired-orders.js'
import type { MatchedOrders } from './match-orders.js'
import { withoutTaken } from './plan-exits.js'
import type { ProtectionPlan } from './plan-protection.js'
import { sideCapacity } from './side-capacity.js'
import { coverOf, isQuantityStop, uncoveredBy } from './stop-cover.js'
import type { Uncovered } from './uncovered.js'

/** Why a working order goes: another stands for it, or nothing needs it any more. */
export type CancelReason = 'replaced' | 'obsolete'

/** Something to be sent, in order. */
export type ProtectionAction =
  | { readonly type: 'place'; readonly order: DesiredOrder }
  | { readonly type: 'cancel'; readonly order: BookOrder; readonly reason: CancelReason }
  | { readonly type: 'cancelThenPlace'; readonly cancel: BookOrder; readonly place: DesiredOrder }

/** Why a desired order is not placed now. */
export type WaitReason =
  | 'wouldTrigger'
  | 'cancelUnderWay'
  | 'outcomePending'
  | 'retryLater'
  | 'noRoom'
  | 'finerStopsFirst'
  | 'quantityStillWorking'

/** A desired order that has to wait. */
export interface WaitingOrder {
  readonly order: DesiredOrder
  readonly because: WaitReason
}

/** What turns the working orders into the plan. */
export interface ProtectionActions {
  /** Rest, or may rest, as desired. */
  readonly kept: readonly BookOrder[]
  /** Places before cancels; a `cancelThenPlace` is one step, cancel first. */
  readonly actions: readonly ProtectionAction[]
  readonly waiting: readonly WaitingOrder[]
}

/** Part of the answer. */
export type Changes = Omit<ProtectionActions, 'kept'>

/** All that a comparison looks at. */
export interface Comparison {
  readonly plan: ProtectionPlan
  readonly book: TrancheBook
  readonly context: DecisionContext
  readonly matched: MatchedOrders
  readonly cancellingKeys: ReadonlySet<string>
}

/** Whether a cancel can be sent for it now: acknowledged, not being cancelled, not triggered, not refused a moment ago. */
export function isCancellable(order: BookOrder, time: number): boolean {
  return order.state === 'working' && order.ending === null && order.childOrderId === null && mayCancel(order, time)
}

/** Whether a close-position stop that is sure to rest is all that the plan wants for a side. */
function isLeftToFailSafe({ plan, matched }: Comparison, side: Side): boolean {
  if (plan.orders.some((order) => order.purpose === 'stop' && order.side === side)) return false
  return matched.kept.some((order) => order.closePosition && order.side === side && order.state === 'working')
}

/** What finer stops of a side have to cover. */
export interface StopNeeds {
  readonly parts: readonly Allocation[]
  /** What may stay open of all parts together: above what may rest on the side. */
  readonly slack: Quantity
}

/**
 * All that is open, less what has no stop on purpose or is below one step. A small rest keeps the stop it has; where the venue holds
 * nothing of the side, no stop of it can close anything.
 */
export function stopNeeds(comparison: Comparison, side: Side): StopNeeds {
  const { plan, book, context } = comparison
  const isHeld = sideCapacity(book, side, context.config).quantity > 0n
  if (!isHeld || isLeftToFailSafe(comparison, side)) return { parts: [], slack: NO_QUANTITY }
  const without = plan.uncovered.filter((part) => part.side === side && part.kind === 'stop')
  const isAboveCapacity = ({ reason }: Uncovered): boolean => reason === 'oneWayNet' || reason === 'venueHoldsLess'
  const owned = sumByTranche(without.filter(({ reason }) => reason === 'noStop' || reason === 'belowStep'))
  const { tranches } = book.groups[side]
  // Pooled stops are not for isolated tranches, so those come last.
  const open = [...tranches.filter(({ isolated }) => !isolated), ...tranches.filter(({ isolated }) => isolated)]
  return {
    parts: withoutTaken(
      open.map(({ id, quantity }) => ({ tranche: id, quantity })),
      new Map(owned.map((part) => [part.tranche, part.quantity])),
    ),
    slack: sumOf(without.filter(isAboveCapacity)),
  }
}

/** Stops that close a quantity and are sure to rest: no cancel under way, nothing unknown. */
export function sureStops(book: TrancheBook, side: Side): readonly BookOrder[] {
  return [...book.orders.values()].filter((order) => isQuantityStop(order, side) && order.state === 'working')
}

/** What of the needs the given stops leave open, base. */
export function shortfall(stops: readonly BookOrder[], { parts, slack }: StopNeeds): Quantity {
  return larger(minus(sumOf(uncoveredBy(coverOf(stops), parts)), slack), NO_QUANTITY)
}
