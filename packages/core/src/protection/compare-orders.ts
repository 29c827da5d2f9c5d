import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import { changeFailSafe } from './change-fail-safes.js'
import { cancelStops, stopWaits, swapStop } from './change-stops.js'
import { changeTakeProfits } from './change-take-profits.js'
import { hasRestingFailSafe } from './coverage.js'
import type { DesiredOrder } from './desired-orders.js'
import { cancellingKeys, matchOrders } from './match-orders.js'
import { isFailing } from '../policy/order-failures.js'
import type { ProtectionPlan } from './plan-protection.js'
import type { Changes, Comparison, ProtectionAction, ProtectionActions, WaitingOrder } from './protection-actions.js'
import { freeRoom, isConditional } from './venue-room.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Whether a fail-safe that the plan wants on a side is still to come, so that stops had better wait for it. */
function isFailSafePending({ plan, book, context }: Comparison, side: Side): boolean {
  const isWanted = plan.orders.some((order) => order.purpose === 'failSafe' && order.side === side && !order.isPassed)
  return isWanted && !hasRestingFailSafe(book, side) && !isFailing(book, 'failSafe', context.config)
}

/** What becomes of stops that the venue has no room for. */
function squeeze(comparison: Comparison, denied: readonly DesiredOrder[], isMoving: boolean): Changes {
  const wait = (orders: readonly DesiredOrder[]): WaitingOrder[] =>
    orders.map((order) => ({ order, because: 'noRoom' }))
  const isUnderWay = [...comparison.book.orders.values()].some(
    (order) => order.state !== 'working' && order.ending === null && isConditional(order.type),
  )
  const ready = denied.filter((order) => order.closePosition || !isFailSafePending(comparison, order.side))
  const [first] = ready
  if (isMoving || isUnderWay || first === undefined) return { actions: [], waiting: wait(denied) }
  // Where nothing can give way the venue has the last word: a refusal leads to a close-position stop, then to an exit.
  const action = swapStop(comparison, ready) ?? { type: 'place', order: first }
  const placed = action.type === 'cancelThenPlace' ? action.place : first
  return { actions: [action], waiting: wait(denied.filter((order) => order !== placed)) }
}

/** Stops that are missing and may be placed now, and why the others may not. */
function readyStops(comparison: Comparison): {
  readonly ready: readonly DesiredOrder[]
  readonly waiting: readonly WaitingOrder[]
} {
  const missing = comparison.matched.missing.filter((order) => order.purpose === 'stop')
  const waiting = missing.flatMap((order): WaitingOrder[] => {
    const because = stopWaits(comparison, order)
    return because === null ? [] : [{ order, because }]
  })
  return { ready: missing.filter((order) => !waiting.some((waits) => waits.order === order)), waiting }
}

/** Stops and fail-safes together, since they share the venue's room. Where it is scarce, fail-safes go first. */
function changeStops(comparison: Comparison): Changes {
  const stops = readyStops(comparison)
  const failSafes = SIDES.map((side) => changeFailSafe(comparison, side))
  const guards = failSafes.flatMap((changes) => changes.actions)
  const newGuards = guards.flatMap((action) => (action.type === 'place' ? [action.order] : []))
  const free = freeRoom(comparison.book, comparison.context)
  const wanted = [...newGuards, ...stops.ready]
  const placed = free === null ? wanted : wanted.slice(0, Math.max(free, 0))
  const moves = [...cancelStops(comparison), ...guards.filter((action) => action.type !== 'place')]
  const squeezed = squeeze(comparison, wanted.slice(placed.length), placed.length + moves.length > 0)
  const inOrder = [...placed.filter((order) => !order.closePosition), ...placed.filter((order) => order.closePosition)]
  return {
    actions: [...inOrder.map((order): ProtectionAction => ({ type: 'place', order })), ...moves, ...squeezed.actions],
    waiting: [...stops.waiting, ...squeezed.waiting, ...failSafes.flatMap((changes) => changes.waiting)],
  }
}

/**
 * What turns the protective orders that work, or may work, into the plan. Entries and exits are never touched. A stop goes only
 * when stops that are sure to rest cover without it, so a successor is placed and acknowledged first; where the venue refuses the
 * overlap, cancel and place are one step. Take profits go first, since two at once could close more than is open.
 */
export function compareOrders(plan: ProtectionPlan, book: TrancheBook, context: DecisionContext): ProtectionActions {
  const comparison: Comparison = {
    plan,
    book,
    context,
    matched: matchOrders(plan.orders, book),
    cancellingKeys: cancellingKeys(book),
  }
  const all = [changeStops(comparison), ...SIDES.map((side) => changeTakeProfits(comparison, side))]
  const actions = all.flatMap((changes) => changes.actions)
  const places = actions.filter((action) => action.type === 'place')
  return {
    kept: comparison.matched.kept,
    actions: [...places, ...actions.filter((action) => action.type !== 'place')],
    waiting: all.flatMap((changes) => changes.waiting),
  }
}
