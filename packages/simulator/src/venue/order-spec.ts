import type { OrderRequest } from '@tranchebook/adapters'
import { parsePrice, parseQuantity } from '@tranchebook/core'
import { type OrderSpec, PLAIN_SPEC } from '../engine/order.js'
import { percentRate } from '../engine/parse-rate.js'

/** An order as the engine takes it. @throws {InputError} `number.malformed` */
export function specOf({ symbol, terms, workingType, timeInForce, callbackPercent }: OrderRequest): OrderSpec {
  const isTrailing = terms.orderType === 'TRAILING_STOP_MARKET'
  const triggerPrice = terms.triggerPrice === null ? null : parsePrice(terms.triggerPrice)
  return {
    symbol,
    side: terms.orderSide,
    positionSide: terms.positionSide,
    type: terms.orderType,
    timeInForce: timeInForce ?? 'GTC',
    quantity: terms.quantity === null || terms.closePosition ? null : parseQuantity(terms.quantity),
    price: terms.price === null ? null : parsePrice(terms.price),
    triggerPrice: isTrailing ? null : triggerPrice,
    activationPrice: isTrailing ? triggerPrice : null,
    callbackRate: callbackPercent === undefined ? null : percentRate(callbackPercent),
    workingType,
    priceProtect: PLAIN_SPEC.priceProtect,
    reduceOnly: terms.reduceOnly && terms.positionSide === 'BOTH' && !terms.closePosition,
    closePosition: terms.closePosition,
    clientOrderId: terms.clientOrderId,
    selfTradeMode: PLAIN_SPEC.selfTradeMode,
    goodTillTime: PLAIN_SPEC.goodTillTime,
  }
}
