import type { Because, Facts } from '../book/because.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation, BookOrder } from '../book/order.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import type { Coverage } from '../protection/coverage.js'
import type { DesiredExit, DesiredOrder } from '../protection/desired-orders.js'
import { hasPassedStop } from '../protection/plan-exits.js'
import type { Degradation, ProtectionPlan } from '../protection/plan-protection.js'
import type { CancelReason } from '../protection/protection-actions.js'

function priceText(price: Price | null): string | null {
  return price === null ? null : formatPrice(price)
}

/** Owners and their quantities as one text: `T1 0.1, T2 0.05`. */
function partsText(parts: readonly Allocation[]): string {
  return parts.map((part) => `${part.tranche} ${formatQuantity(part.quantity)}`).join(', ')
}

function rulesOf({ config }: DecisionContext): Facts {
  const { protection, slTpStrategy, combinedIncludesIsolated, failSafeStop, instantTakeProfit, workingType } = config
  return protection === 'COMBINED'
    ? { protection, slTpStrategy, combinedIncludesIsolated, failSafeStop, instantTakeProfit, workingType }
    : { protection, failSafeStop, instantTakeProfit, workingType }
}

/** Why a protective order is placed. */
export function becauseOfOrder(order: DesiredOrder, plan: ProtectionPlan, context: DecisionContext): Because {
  return {
    rule: order.isMerged ? `protection.${order.purpose}.merged` : `protection.${order.purpose}`,
    configured: rulesOf(context),
    observed: {
      mark: priceText(plan.mark),
      price: priceText(order.price ?? order.triggerPrice),
      quantity: order.quantity === null ? null : formatQuantity(order.quantity),
      tranches: order.allocation.length === 0 ? null : partsText(order.allocation),
      level: order.level,
      reference: order.reference,
      degradation: plan.degradation?.step ?? null,
    },
  }
}

/** The refusal that shows what the mark does not: that the stop of an exit was passed. */
function refusalBehind(exit: DesiredExit, { mark, passed }: ProtectionPlan): Facts {
  const refused = passed[exit.side]
  if (refused === null || exit.reason !== 'stop' || hasPassedStop(exit.side, exit.price, mark)) return {}
  return { refusedStop: refused.clientOrderId, refusedTrigger: formatPrice(refused.price) }
}

/** Why something is closed at market instead of by a resting order. */
export function becauseOfExit(exit: DesiredExit, plan: ProtectionPlan, context: DecisionContext): Because {
  return {
    rule: `protection.exit.${exit.reason}`,
    configured: rulesOf(context),
    observed: {
      mark: priceText(plan.mark),
      price: formatPrice(exit.price),
      quantity: formatQuantity(exit.quantity),
      tranches: exit.allocation.length === 0 ? null : partsText(exit.allocation),
      level: exit.level,
      ...refusalBehind(exit, plan),
    },
  }
}

/** Why a protective order is cancelled. */
export function becauseOfCancel(order: BookOrder, reason: CancelReason): Because {
  return {
    rule: `protection.cancel.${reason}`,
    observed: {
      purpose: order.purpose,
      price: priceText(order.price ?? order.triggerPrice),
      quantity: order.quantity === null ? null : formatQuantity(order.quantity),
      filled: formatQuantity(order.filled),
    },
  }
}

/** Why finer protection was given up. */
export function becauseOfDegradation(degradation: Degradation, context: DecisionContext): Because {
  const { conditionalRoom, instrument } = context
  return {
    rule: `protection.degrade.${degradation.step}`,
    configured: rulesOf(context),
    observed: { reason: degradation.reason, conditionalRoom, maxConditionalOrders: instrument.maxConditionalOrders },
  }
}

/** What is open without a stop that rests. */
export function becauseOfLoss({ open, covered, uncovered }: Coverage, context: DecisionContext): Because {
  return {
    rule: 'protection.coverage',
    configured: rulesOf(context),
    observed: { open: formatQuantity(open), covered: formatQuantity(covered), uncovered: partsText(uncovered) },
  }
}
