import { sendsReduceOnly } from '../fapi/check-request.js'
import { isConditional, type OrderRequest } from '../venue/order-request.js'
import type { NewOrderTerms } from './wire/new-order.js'

/** Any order in the venue's spelling. */
export function termsOf(request: OrderRequest): NewOrderTerms {
  const { symbol, terms, workingType, timeInForce = 'GTC', callbackPercent = null } = request
  const { orderType, triggerPrice } = terms
  const isTrailing = orderType === 'TRAILING_STOP_MARKET'
  return {
    symbol,
    side: terms.orderSide,
    positionSide: terms.positionSide,
    type: orderType,
    timeInForce: orderType === 'LIMIT' ? timeInForce : null,
    quantity: terms.closePosition ? null : terms.quantity,
    reduceOnly: sendsReduceOnly(request) ? true : null,
    price: orderType === 'LIMIT' ? terms.price : null,
    newClientOrderId: terms.clientOrderId,
    stopPrice: isConditional(orderType) && !isTrailing ? triggerPrice : null,
    closePosition: terms.closePosition ? true : null,
    activationPrice: isTrailing ? triggerPrice : null,
    callbackRate: isTrailing ? callbackPercent : null,
    workingType: isConditional(orderType) ? workingType : null,
  }
}
