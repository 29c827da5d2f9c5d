import { formatQuantity, NO_QUANTITY } from '@tranchebook/core'
import type { Account } from '../../engine/account.js'
import type { Behaviour } from '../../engine/behaviour.js'
import type { ConditionalOrder, SimulatedOrder } from '../../engine/order.js'
import { averageOf, percentText, priceText } from './figures.js'
import type { Row } from './order-rows.js'

/** A conditional order as its placement is answered. */
export function algoRow(order: Readonly<ConditionalOrder>): Row {
  const { spec } = order
  const { callbackRate } = spec
  return {
    algoId: BigInt(order.id),
    clientAlgoId: order.clientOrderId,
    algoType: 'CONDITIONAL',
    orderType: spec.type,
    symbol: spec.symbol,
    side: spec.side,
    positionSide: spec.positionSide,
    timeInForce: spec.timeInForce,
    quantity: formatQuantity(spec.quantity ?? NO_QUANTITY),
    algoStatus: order.status,
    triggerPrice: priceText(spec.triggerPrice),
    price: priceText(spec.price),
    icebergQuantity: null,
    selfTradePreventionMode: spec.selfTradeMode,
    workingType: spec.workingType,
    priceMatch: 'NONE',
    closePosition: spec.closePosition,
    priceProtect: spec.priceProtect,
    reduceOnly: spec.reduceOnly || spec.closePosition,
    activatePrice: spec.activationPrice === null ? '' : priceText(spec.activationPrice),
    callbackRate: callbackRate === null ? '' : percentText(callbackRate),
    createTime: order.createTime,
    updateTime: order.updateTime,
    triggerTime: order.triggerTime,
    goodTillDate: spec.goodTillTime,
  }
}

/** The id of the order it became, as far as the venue names it. */
export function childIdText(behaviour: Behaviour, order: Readonly<ConditionalOrder>): string {
  const isNamed = order.status !== 'FINISHED' || behaviour.finishedNamesChild
  return isNamed ? (order.childId ?? '') : ''
}

function childFields(child: SimulatedOrder | undefined): Row {
  if (child === undefined) return { actualPrice: '0', actualType: '', actualQty: '0' }
  return {
    actualPrice: priceText(averageOf(child)),
    actualType: child.type,
    actualQty: formatQuantity(child.executed),
  }
}

/** A conditional order as questions about it are answered: with what it became. */
export function algoQueryRow(behaviour: Behaviour, account: Account, order: Readonly<ConditionalOrder>): Row {
  const child = order.childId === null ? undefined : account.orders.get(order.childId)
  return {
    ...algoRow(order),
    actualOrderId: childIdText(behaviour, order),
    ...childFields(child),
    tpTriggerPrice: '0',
    tpPrice: '0',
    slTriggerPrice: '0',
    slPrice: '0',
    tpOrderType: '',
  }
}
