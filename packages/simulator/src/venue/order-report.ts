import type { OpenOrder } from '@tranchebook/adapters'
import { NO_QUANTITY, type OrderInput, orderInput, type OrderReportStatus, type OrderType } from '@tranchebook/core'
import type { Account } from '../engine/account.js'
import type {
  ConditionalOrder,
  ConditionalStatus,
  OrderStatus,
  SimulatedOrder,
  VenueOrderType,
} from '../engine/order.js'

const STATUSES: Readonly<Record<OrderStatus, OrderReportStatus>> = {
  NEW: 'acknowledged',
  PARTIALLY_FILLED: 'acknowledged',
  FILLED: 'filled',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
  EXPIRED_IN_MATCH: 'expired',
}

const WAITING_STATUSES: Readonly<Record<ConditionalStatus, OrderReportStatus>> = {
  NEW: 'acknowledged',
  TRIGGERING: 'acknowledged',
  TRIGGERED: 'triggered',
  FINISHED: 'triggered',
  CANCELED: 'cancelled',
  REJECTED: 'refused',
  EXPIRED: 'expired',
}

/** The conditional order an order came from. */
export function parentOf(account: Account, order: Readonly<SimulatedOrder>): ConditionalOrder | null {
  return order.parentId === null ? null : (account.conditionals.get(order.parentId) ?? null)
}

/** Where an order stands, under the name it was placed under: a triggered order keeps that of the conditional one. */
export function reportOrder(account: Account, order: Readonly<SimulatedOrder>): OrderInput {
  const parent = parentOf(account, order)
  const status = STATUSES[order.status]
  return orderInput({
    account: account.id,
    symbol: order.spec.symbol,
    time: order.updateTime,
    clientOrderId: parent?.clientOrderId ?? order.clientOrderId,
    status: parent !== null && status === 'acknowledged' ? 'triggered' : status,
    orderId: parent?.id ?? order.id,
    childOrderId: parent === null || parent.id === order.id ? null : order.id,
    filledQuantity: order.executed,
  })
}

/** Where a conditional order stands, its child included, as of now. */
export function reportConditional(account: Account, order: Readonly<ConditionalOrder>): OrderInput {
  const child = order.childId === null ? undefined : account.orders.get(order.childId)
  return child === undefined ? reportWaiting(account, order) : reportOrder(account, child)
}

/** Where a conditional order itself stands, whatever its child does. */
export function reportWaiting(account: Account, order: Readonly<ConditionalOrder>): OrderInput {
  return orderInput({
    account: account.id,
    symbol: order.spec.symbol,
    time: order.updateTime,
    clientOrderId: order.clientOrderId,
    status: WAITING_STATUSES[order.status],
    orderId: order.id,
    childOrderId: order.childId === order.id ? null : order.childId,
    filledQuantity: order.childId === null ? NO_QUANTITY : null,
    message: order.reason,
  })
}

function orderTypeOf(type: VenueOrderType): OrderType | null {
  return type === 'STOP' || type === 'TAKE_PROFIT' ? null : type
}

/** A resting order as the port lists it. */
export function openOrder(account: Account, order: Readonly<SimulatedOrder>): OpenOrder {
  const parent = parentOf(account, order)
  return {
    symbol: order.spec.symbol,
    clientOrderId: parent?.clientOrderId ?? order.clientOrderId,
    venueOrderId: parent?.id ?? order.id,
    childOrderId: parent === null || parent.id === order.id ? null : order.id,
    isConditional: parent !== null,
    orderType: orderTypeOf(order.type),
    venueType: order.type,
    orderSide: order.spec.side,
    positionSide: order.spec.positionSide,
    quantity: order.quantity,
    filledQuantity: order.executed,
    price: order.price,
    triggerPrice: order.spec.triggerPrice,
    reduceOnly: order.reduceOnly,
    closePosition: false,
    time: order.createTime,
  }
}

/** A waiting order as the port lists it. */
export function openConditional({ spec, ...order }: Readonly<ConditionalOrder>): OpenOrder {
  return {
    symbol: spec.symbol,
    clientOrderId: order.clientOrderId,
    venueOrderId: order.id,
    childOrderId: null,
    isConditional: true,
    orderType: orderTypeOf(spec.type),
    venueType: spec.type,
    orderSide: spec.side,
    positionSide: spec.positionSide,
    quantity: spec.quantity ?? NO_QUANTITY,
    filledQuantity: NO_QUANTITY,
    price: spec.price,
    triggerPrice: spec.triggerPrice ?? spec.activationPrice,
    reduceOnly: spec.reduceOnly,
    closePosition: spec.closePosition,
    time: order.createTime,
  }
}
