import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import { changeFailSafe } from './change-fail-safes.js'
import { cancelStops, stopWaits, swapStop } from './change-stops.js'
import { changeTakeProfits } from './change-take-profits.js'
import { hasRestingFailSafe } from './coverage.js'
import type { DesiredOrder } from './desired-orders.js'
import { cancellingKeys, matchOrders } from './match-orders.js'
import { isFailing } from './order-failures.js'
import type { ProtectionPlan } from './plan-protection.js'
import type {
  Changes,
  Comparison,
  ProtectionAction,
  ProtectionActions,
  WaitingOrder,
  WaitReason,
} from './protection-actions.js'
import { freeRoom, isConditional } from './venue-room.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Whether a fail-safe that the plan wants on a side is still to come, so that stops had better wait for it. */
function isFailSafePending({ plan, book, context }: Comparison, side: Side): boolean {
  const isWanted = plan.orders.some((order) => order.purpose === 'failSafe' && order.side === side && !order.isPassed)
  return isWanted && !hasRestingFailSafe(book, side) && !isFailing(book, 'failSafe', context.config)
}

/** What becomes of stops that the venue has no room for. */
function squeeze(comparison: Comparison, denied: readonly DesiredOrder[], isMoving: boolean): Changes {
  const wait = (orders: readonly DesiredOrder[], because: WaitReason = 'noRoom'): WaitingOrder[] =>
    orders.map((order) => ({ order, because }))
  const freesRoom = [...comparison.book.orders.values()].some(
    (order) => order.state === 'cancelling' && order.ending === null && isConditional(order.type),
  )
  const ready = denied.filter((order) => !isFailSafePending(comparison, order.side))
  const [first] = ready
  if (isMoving || freesRoom || first === undefined) return { actions: [], waiting: wait(denied) }
  // Where nothing can give way the venue has the last word: a refusal leads to a close-position stop, then to an exit.
  const action = swapStop(comparison, ready) ?? { type: 'place', order: first }
  const placed = action.type === 'cancelThenPlace' ? action.place : first
  return { actions: [action], waiting: wait(denied.filter((order) => order !== placed)) }
}

function costsRoom(action: ProtectionAction): boolean {
  return action.type === 'place' && isConditional(action.order.type)
}

/** Stops and fail-safes together, since they share the venue's room. Where it is scarce, fail-safes go first. */
function changeStops(comparison: Comparison): Changes {
  const { book, context, matched } = comparison
  const missing = matched.missing.filter((order) => order.purpose === 'stop')
  const waits = missing.flatMap((order): WaitingOrder[] => {
    const because = stopWaits(comparison, order)
    return because === null ? [] : [{ order, because }]
  })
  const ready = missing.filter((order) => !waits.some((waiting) => waiting.order === order))
  const failSafes = SIDES.map((side) => changeFailSafe(comparison, side))
  const guards = failSafes.flatMap((changes) => changes.actions)
  const free = freeRoom(book, context)
  const left = free === null ? ready.length : Math.max(free - guards.filter(costsRoom).length, 0)
  const placed = ready.slice(0, left)
  const cancels = cancelStops(comparison)
  const denied = ready.slice(left)
  const squeezed = squeeze(comparison, denied, placed.length + cancels.length + guards.length > 0)
  return {
    actions: [
      ...placed.map((order): ProtectionAction => ({ type: 'place', order })),
      ...guards.filter((action) => action.type === 'place'),
      ...cancels,
      ...guards.filter((action) => action.type !== 'place'),
      ...squeezed.actions,
    ],
    waiting: [...waits, ...squeezed.waiting, ...failSafes.flatMap((changes) => changes.waiting)],
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
