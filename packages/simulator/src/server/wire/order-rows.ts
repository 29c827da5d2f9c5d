import { formatQuantity, NO_QUANTITY } from '@tranchebook/core'
import type { ConditionalOrder, OrderSpec, SimulatedOrder } from '../../engine/order.js'
import type { Dialect } from '../context.js'
import { amountText, averageOf, percentText, priceText } from './figures.js'
import type { Json } from './json-text.js'

/** A row of an answer. */
export type Row = Readonly<Record<string, Json>>

function venueFields(dialect: Dialect, spec: OrderSpec): Row {
  if (dialect === 'aster') return { priceProtect: spec.priceProtect }
  return {
    priceProtect: spec.priceProtect,
    priceMatch: 'NONE',
    selfTradePreventionMode: spec.selfTradeMode,
    goodTillDate: spec.goodTillTime,
  }
}

function trailingFields({ activationPrice, callbackRate }: OrderSpec): Row {
  return callbackRate === null
    ? {}
    : { activatePrice: priceText(activationPrice), priceRate: percentText(callbackRate) }
}

/** An order as replies to placing, changing and cancelling have it. At Binance they say nothing of prices paid. */
export function replyRow(dialect: Dialect, order: Readonly<SimulatedOrder>): Row {
  const { spec } = order
  const paid = { avgPrice: priceText(averageOf(order)), cumQuote: amountText(order.cost) }
  return {
    orderId: BigInt(order.id),
    symbol: spec.symbol,
    status: order.status,
    clientOrderId: order.clientOrderId,
    price: priceText(order.price),
    ...(dialect === 'aster' ? paid : {}),
    origQty: formatQuantity(order.quantity),
    executedQty: formatQuantity(order.executed),
    cumQty: formatQuantity(order.executed),
    timeInForce: spec.timeInForce,
    type: order.type,
    origType: order.originalType,
    reduceOnly: order.reduceOnly,
    closePosition: spec.closePosition,
    side: spec.side,
    positionSide: spec.positionSide,
    stopPrice: priceText(spec.triggerPrice),
    workingType: spec.workingType,
    ...venueFields(dialect, spec),
    updateTime: order.updateTime,
  }
}

/** An order as questions about it are answered: with time and prices paid. */
export function queryRow(dialect: Dialect, order: Readonly<SimulatedOrder>): Row {
  return {
    ...replyRow(dialect, order),
    avgPrice: priceText(averageOf(order)),
    cumQuote: amountText(order.cost),
    time: order.createTime,
  }
}

/** A waiting order of a venue where such orders are ordinary ones. */
export function waitingRow(order: Readonly<ConditionalOrder>): Row {
  const { spec } = order
  return {
    orderId: BigInt(order.id),
    symbol: spec.symbol,
    status: order.status === 'REJECTED' ? 'EXPIRED' : order.status,
    clientOrderId: order.clientOrderId,
    price: priceText(spec.price),
    avgPrice: '0',
    origQty: formatQuantity(spec.quantity ?? NO_QUANTITY),
    executedQty: '0',
    cumQty: '0',
    cumQuote: '0',
    timeInForce: spec.timeInForce,
    type: spec.type,
    origType: spec.type,
    reduceOnly: spec.reduceOnly || spec.closePosition,
    closePosition: spec.closePosition,
    side: spec.side,
    positionSide: spec.positionSide,
    stopPrice: priceText(spec.triggerPrice),
    workingType: spec.workingType,
    priceProtect: spec.priceProtect,
    ...trailingFields(spec),
    time: order.createTime,
    updateTime: order.updateTime,
  }
}
