import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { DesiredOrder } from './desired-orders.js'
import { mayTry } from '../policy/order-failures.js'
import {
  type Changes,
  type Comparison,
  isCancellable,
  type ProtectionAction,
  shortfall,
  stopNeeds,
  sureStops,
  type WaitingOrder,
} from './protection-actions.js'

/** Whether every finer stop that the plan wants on a side is sure to rest. */
function doFinerStopsRest({ matched }: Comparison, side: Side): boolean {
  if (matched.missing.some((order) => order.purpose === 'stop' && order.side === side)) return false
  return matched.kept.every((order) => order.purpose !== 'stop' || order.side !== side || order.state === 'working')
}

/** Venues refuse a second close-position stop in one direction, so the old one goes first; finer stops stand in meanwhile. */
function moveFailSafe(comparison: Comparison, place: DesiredOrder, resting: readonly BookOrder[]): Changes {
  const { plan, book, context } = comparison
  const wait = (because: WaitingOrder['because']): Changes => ({ actions: [], waiting: [{ order: place, because }] })
  if (place.isPassed) return wait('wouldTrigger')
  if (!mayTry(book, 'failSafe', { config: context.config, time: plan.time })) return wait('retryLater')
  const [cancel, ...others] = resting
  if (cancel === undefined) return { actions: [{ type: 'place', order: place }], waiting: [] }
  if (others.length > 0 || !isCancellable(cancel, plan.time)) return wait('cancelUnderWay')
  if (!doFinerStopsRest(comparison, place.side)) return wait('finerStopsFirst')
  return { actions: [{ type: 'cancelThenPlace', cancel, place }], waiting: [] }
}

function dropFailSafes(comparison: Comparison, side: Side, stale: readonly BookOrder[]): Changes {
  if (shortfall(sureStops(comparison.book, side), stopNeeds(comparison, side)) > 0n) return { actions: [], waiting: [] }
  const actions = stale
    .filter((order) => isCancellable(order, comparison.plan.time))
    .map((order): ProtectionAction => ({ type: 'cancel', order, reason: 'obsolete' }))
  return { actions, waiting: [] }
}

/** Changes to the close-position stop of a side: never two, never the only cover taken away without a successor. */
export function changeFailSafe(comparison: Comparison, side: Side): Changes {
  const { plan, book, matched } = comparison
  const place = matched.missing.find((order) => order.purpose === 'failSafe' && order.side === side)
  const resting = [...book.orders.values()].filter(
    (order) => order.closePosition && order.side === side && order.ending === null,
  )
  if (place !== undefined) return moveFailSafe(comparison, place, resting)
  const isKept = plan.orders.some((order) => order.purpose === 'failSafe' && order.side === side)
  return isKept ? { actions: [], waiting: [] } : dropFailSafes(comparison, side, resting)
}
