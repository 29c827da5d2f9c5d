import { type BookOrder, formatPrice, formatQuantity } from '@tranchebook/core'
import type { WorkingOrderView } from '../api/order-view.js'

/** An order that has not ended, as the book has it. */
export function presentWorkingOrder(order: BookOrder): WorkingOrderView {
  const { clientOrderId, purpose, side, orderSide, positionSide, reduceOnly, level, reason, intendedTime } = order
  return {
    clientOrderId,
    purpose,
    orderType: order.type,
    side,
    orderSide,
    positionSide,
    quantity: order.quantity === null ? null : formatQuantity(order.quantity),
    price: order.price === null ? null : formatPrice(order.price),
    triggerPrice: order.triggerPrice === null ? null : formatPrice(order.triggerPrice),
    reduceOnly,
    allocation: order.allocation.map(({ tranche, quantity }) => ({ tranche, quantity: formatQuantity(quantity) })),
    level,
    reason,
    intendedTime,
    state: order.state,
    filled: formatQuantity(order.filled),
    venueOrderId: order.venueOrderId,
  }
}
