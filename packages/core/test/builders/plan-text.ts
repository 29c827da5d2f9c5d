import type { Allocation, BookOrder } from '../../src/book/order.js'
import { formatPrice } from '../../src/money/price.js'
import { formatQuantity } from '../../src/money/quantity.js'
import type { DesiredExit, DesiredOrder } from '../../src/protection/desired-orders.js'
import type { ProtectionPlan } from '../../src/protection/plan-protection.js'
import type { ProtectionActions } from '../../src/protection/protection-actions.js'

function partsText(parts: readonly Allocation[]): string {
  return parts.length === 0
    ? ''
    : ` for ${parts.map((part) => `${part.tranche} ${formatQuantity(part.quantity)}`).join(' + ')}`
}

/** An order in words: `SELL stop 0.1 at 49000 for T1 0.1`. */
export function orderText(order: DesiredOrder | BookOrder): string {
  const { orderSide, purpose, quantity, price, triggerPrice, allocation, level } = order
  const size = quantity === null ? 'all' : formatQuantity(quantity)
  const at = price ?? triggerPrice
  const name = purpose === 'takeProfit' && level !== null ? `takeProfit ${level}` : purpose
  return `${orderSide} ${name} ${size}${at === null ? '' : ` at ${formatPrice(at)}`}${partsText(allocation)}`
}

/** A market exit in words: `SELL exit 0.1 (stop) for T1 0.1`. */
function exitText({ orderSide, quantity, reason, allocation, level }: DesiredExit): string {
  const why = level === null ? reason : `${reason} ${level}`
  return `${orderSide} exit ${formatQuantity(quantity)} (${why})${partsText(allocation)}`
}

/** Everything a plan wants, orders first. */
export function planTexts(plan: ProtectionPlan): string[] {
  return [...plan.orders.map(orderText), ...plan.exits.map(exitText)]
}

/** What a plan says no order can close: `stop T1 0.0005 belowStep`. */
export function uncoveredTexts(plan: ProtectionPlan): string[] {
  return plan.uncovered.map(
    ({ kind, tranche, quantity, reason }) => `${kind} ${tranche} ${formatQuantity(quantity)} ${reason}`,
  )
}

/** What is to be sent, in order: `place SELL stop …`, `cancel …`, `cancel … then place …`. */
export function actionTexts({ actions }: ProtectionActions): string[] {
  return actions.map((action) => {
    switch (action.type) {
      case 'place':
        return `place ${orderText(action.order)}`
      case 'cancel':
        return `cancel ${action.order.clientOrderId} (${action.reason})`
      case 'cancelThenPlace':
        return `cancel ${action.cancel.clientOrderId} then place ${orderText(action.place)}`
    }
  })
}
