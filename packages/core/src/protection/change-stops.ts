import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { unfilledOf } from '../policy/in-flight.js'
import { compareTriggers } from './bundle.js'
import { hasRestingFailSafe } from './coverage.js'
import type { DesiredOrder } from './desired-orders.js'
import { desiredKey } from './match-orders.js'
import { mayTry } from '../policy/order-failures.js'
import {
  type Comparison,
  isCancellable,
  type ProtectionAction,
  shortfall,
  stopNeeds,
  sureStops,
  type WaitReason,
} from './protection-actions.js'
import { isQuantityStop } from './stop-cover.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

function isForSame(order: BookOrder, wanted: DesiredOrder): boolean {
  if (order.allocation.length === 0 || wanted.allocation.length === 0) return true
  return order.allocation.some((part) => wanted.allocation.some((own) => own.tranche === part.tranche))
}

/** Whether a stop that is on its way, not yet acknowledged, already covers what this one is for: a burst becomes one resize. */
function isOutcomePending({ book, matched }: Comparison, wanted: DesiredOrder): boolean {
  const onTheWay = matched.stale.some(
    (order) => isQuantityStop(order, wanted.side) && order.state === 'intended' && isForSame(order, wanted),
  )
  if (!onTheWay) return false
  const possible = [...book.orders.values()].filter((order) => isQuantityStop(order, wanted.side))
  const parts =
    wanted.allocation.length > 0 ? wanted.allocation : [{ tranche: '', quantity: wanted.quantity ?? NO_QUANTITY }]
  return shortfall(possible, { parts, slack: NO_QUANTITY }) === 0n
}

/** Why a missing stop is not placed now; `null` = it may be. */
export function stopWaits(comparison: Comparison, wanted: DesiredOrder): WaitReason | null {
  const { plan, book, context, cancellingKeys } = comparison
  if (wanted.isPassed) return 'wouldTrigger'
  if (cancellingKeys.has(desiredKey(wanted))) return 'cancelUnderWay'
  if (!mayTry(book, 'stop', { config: context.config, time: plan.time })) return 'retryLater'
  return isOutcomePending(comparison, wanted) ? 'outcomePending' : null
}

/** Stops that nothing desires, the least protective first. */
function staleStops({ matched, plan }: Comparison, side: Side): readonly BookOrder[] {
  return matched.stale
    .filter((order) => isQuantityStop(order, side) && isCancellable(order, plan.time))
    .toSorted(({ triggerPrice: left }, { triggerPrice: right }) =>
      left === null || right === null ? 0 : compareTriggers(side, right, left),
    )
}

/** Cancels of stale stops whose going leaves nothing less covered than it is by stops that are sure to rest. */
export function cancelStops(comparison: Comparison): readonly ProtectionAction[] {
  return SIDES.flatMap((side) => {
    const needs = stopNeeds(comparison, side)
    const isOpen = comparison.book.groups[side].quantity > 0n
    let sure = sureStops(comparison.book, side)
    return staleStops(comparison, side).flatMap((order): ProtectionAction[] => {
      const without = sure.filter((stop) => stop !== order)
      if (shortfall(without, needs) > shortfall(sure, needs)) return []
      sure = without
      return [{ type: 'cancel', order, reason: isOpen ? 'replaced' : 'obsolete' }]
    })
  })
}

/** Close-position stops that the plan does not want any more. */
function unwantedFailSafes({ plan, matched }: Comparison, side: Side): readonly BookOrder[] {
  if (plan.orders.some((order) => order.closePosition && order.side === side)) return []
  return matched.stale.filter((order) => order.closePosition && order.side === side && isCancellable(order, plan.time))
}

/** Whether the side is as safe with the desired stop of another tranche as with the stale one. */
function isAsSafe({ book }: Comparison, order: BookOrder, wanted: DesiredOrder): boolean {
  const quantity = unfilledOf(order)
  return (
    hasRestingFailSafe(book, wanted.side) ||
    (quantity !== null && wanted.quantity !== null && quantity <= wanted.quantity)
  )
}

/**
 * Where the venue has no room for both: a stale stop that gives way to a desired one of the same tranche, cancel first, in one
 * step; else one of another tranche that closes no more, or anything stale where a close-position stop rests; only then a
 * close-position stop that nothing wants any more. One at a time.
 */
export function swapStop(comparison: Comparison, denied: readonly DesiredOrder[]): ProtectionAction | null {
  const pairs = denied.flatMap((place) => staleStops(comparison, place.side).map((cancel) => ({ cancel, place })))
  const own = pairs.filter(({ cancel, place }) => isForSame(cancel, place))
  const others = pairs.filter(({ cancel, place }) => isAsSafe(comparison, cancel, place))
  const guards = denied.flatMap((place) =>
    unwantedFailSafes(comparison, place.side).map((cancel) => ({ cancel, place })),
  )
  const [pair] = [...own, ...others, ...guards]
  return pair === undefined ? null : { type: 'cancelThenPlace', ...pair }
}
