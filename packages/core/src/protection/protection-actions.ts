import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation, BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { Quantity } from '../money/quantity.js'
import { sumByTranche, sumOf } from './bundle.js'
import type { DesiredOrder } from './desired-orders.js'
import type { MatchedOrders } from './match-orders.js'
import { withoutTaken } from './plan-exits.js'
import type { ProtectionPlan } from './plan-protection.js'
import { coverOf, isQuantityStop, uncoveredBy } from './stop-cover.js'

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

/** Whether a cancel can be sent for it now: acknowledged, not being cancelled, not triggered. */
export function isCancellable(order: BookOrder): boolean {
  return order.state === 'working' && order.ending === null && order.childOrderId === null
}

/** What of a side finer stops have to cover: all that is open, less what the plan says no stop can hold. */
export function stopNeeds({ plan, book }: Comparison, side: Side): readonly Allocation[] {
  const without = sumByTranche(plan.uncovered.filter((part) => part.side === side && part.kind === 'stop'))
  const { tranches } = book.groups[side]
  // Pooled stops are not for isolated tranches, so those come last.
  const open = [...tranches.filter(({ isolated }) => !isolated), ...tranches.filter(({ isolated }) => isolated)]
  return withoutTaken(
    open.map(({ id, quantity }) => ({ tranche: id, quantity })),
    new Map(without.map((part) => [part.tranche, part.quantity])),
  )
}

/** Stops that close a quantity and are sure to rest: no cancel under way, nothing unknown. */
export function sureStops(book: TrancheBook, side: Side): readonly BookOrder[] {
  return [...book.orders.values()].filter((order) => isQuantityStop(order, side) && order.state === 'working')
}

/** What of the needs the given stops leave open, base. */
export function shortfall(stops: readonly BookOrder[], needs: readonly Allocation[]): Quantity {
  return sumOf(uncoveredBy(coverOf(stops), needs))
}
