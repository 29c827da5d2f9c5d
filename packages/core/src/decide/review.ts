import type { BookOrder } from '../book/order.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import type { ReviewInput } from '../observe/inputs.js'
import { sumOf } from '../protection/bundle.js'
import { isFailing, mayGiveUp, mayTry } from '../policy/order-failures.js'
import { compareOrders } from '../protection/compare-orders.js'
import { type Coverage, coverage } from '../protection/coverage.js'
import type { DesiredExit, DesiredOrder } from '../protection/desired-orders.js'
import { planProtection, type ProtectionPlan } from '../protection/plan-protection.js'
import type { CancelReason, ProtectionAction } from '../protection/protection-actions.js'
import { type Decision, record } from './decision.js'
import {
  becauseOfCancel,
  becauseOfDegradation,
  becauseOfExit,
  becauseOfLoss,
  becauseOfOrder,
} from './explain-protection.js'
import { intendOrder } from './intend-exit.js'
import { finishStop, withdrawRefusedEntries, withdrawUnfitExits } from './withdraw.js'

function textsOf({ allocation }: DesiredOrder | DesiredExit): { tranche: string; quantity: string }[] {
  return allocation.map((part) => ({ tranche: part.tranche, quantity: formatQuantity(part.quantity) }))
}

function intendProtective(decision: Decision, order: DesiredOrder, plan: ProtectionPlan): void {
  const { quantity, price, triggerPrice } = order
  intendOrder(
    decision,
    {
      purpose: order.purpose,
      orderType: order.type,
      side: order.side,
      orderSide: order.orderSide,
      quantity: quantity === null ? null : formatQuantity(quantity),
      price: price === null ? null : formatPrice(price),
      triggerPrice: triggerPrice === null ? null : formatPrice(triggerPrice),
      reduceOnly: order.reduceOnly,
      closePosition: order.closePosition,
      allocation: textsOf(order),
      level: order.level,
      entryTranche: null,
      label: null,
      reason: order.purpose,
    },
    becauseOfOrder(order, plan, decision.context),
  )
}

function intendMarketExit(decision: Decision, exit: DesiredExit, plan: ProtectionPlan): void {
  intendOrder(
    decision,
    {
      purpose: 'exit',
      orderType: 'MARKET',
      side: exit.side,
      orderSide: exit.orderSide,
      quantity: formatQuantity(exit.quantity),
      price: null,
      triggerPrice: null,
      reduceOnly: exit.reduceOnly,
      closePosition: false,
      allocation: textsOf(exit),
      level: exit.level,
      entryTranche: null,
      label: null,
      reason: exit.reason,
    },
    becauseOfExit(exit, plan, decision.context),
  )
}

function intendCancel(decision: Decision, order: BookOrder, reason: CancelReason): void {
  const { clientOrderId } = order
  const because = becauseOfCancel(order, reason)
  record(decision, { type: 'CancelIntended', clientOrderId, reason }, { because, correlationId: clientOrderId })
}

function intendAction(decision: Decision, action: ProtectionAction, plan: ProtectionPlan): void {
  switch (action.type) {
    case 'place':
      return intendProtective(decision, action.order, plan)
    case 'cancel':
      return intendCancel(decision, action.order, action.reason)
    case 'cancelThenPlace':
      intendCancel(decision, action.cancel, 'replaced')
      return intendProtective(decision, action.place, plan)
  }
}

function isCoarsePlacement(action: ProtectionAction): boolean {
  if (action.type === 'cancel') return false
  const order = action.type === 'place' ? action.order : action.place
  return order.isMerged || order.purpose === 'failSafe'
}

/** Said once with every decision that places degraded protection. */
function recordDegradation(decision: Decision, plan: ProtectionPlan, actions: readonly ProtectionAction[]): void {
  const { degradation } = plan
  if (degradation === null || !actions.some(isCoarsePlacement)) return
  const { step, reason } = degradation
  const because = becauseOfDegradation(degradation, decision.context)
  for (const side of degradation.sides)
    record(decision, { type: 'ProtectionDegraded', side, step, reason }, { because })
}

function lossReason({ book, context }: Decision, { side }: Coverage): string {
  if (isFailing(book, 'stop', context.config)) return 'stopsRefused'
  const isOnItsWay = [...book.orders.values()].some(
    (order) =>
      order.side === side && order.purpose === 'stop' && (order.state === 'intended' || order.state === 'unknown'),
  )
  return isOnItsWay ? 'stopOnItsWay' : 'noStop'
}

/** Keeps `unprotectedSince` true to what rests at the venue before this decision is sent. */
function recordCoverage(decision: Decision): void {
  const { book, context, input } = decision
  const lost = (['LONG', 'SHORT'] as const)
    .map((side) => coverage(book, side, context))
    .filter((side) => !side.protected)
  const since = book.unprotectedSince
  if (lost.length === 0 && since !== null) record(decision, { type: 'ProtectionRestored', forMs: input.time - since })
  if (since !== null) return
  for (const side of lost) {
    const quantity = formatQuantity(sumOf(side.uncovered))
    const because = becauseOfLoss(side, context)
    record(
      decision,
      { type: 'ProtectionLost', side: side.side, quantity, reason: lossReason(decision, side) },
      { because },
    )
  }
}

/**
 * Compares what should rest at the venue with what does, and intends the difference: market exits first, then places, then
 * cancels. In `observe` mode nothing is decided: what others have resting there is not ours to judge.
 */
export function decideReview(decision: Decision, { time }: ReviewInput): void {
  const { book, context } = decision
  if (context.sending === 'observe') return
  const plan = planProtection(book, context, time)
  const { actions } = compareOrders(plan, book, context)
  recordDegradation(decision, plan, actions)
  const at = { config: context.config, time }
  if (mayTry(book, 'exit', at))
    for (const exit of plan.exits)
      if (exit.reason !== 'unprotectable' || mayGiveUp(book, at)) intendMarketExit(decision, exit, plan)
  withdrawUnfitExits(decision, plan.leaving)
  finishStop(decision)
  withdrawRefusedEntries(decision)
  for (const action of actions) intendAction(decision, action, plan)
  recordCoverage(decision)
}
