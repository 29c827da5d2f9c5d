import { sendsReduceOnly } from '../fapi/check-request.js'
import type { OrderRequest } from '../venue/order-request.js'
import type { NewAlgoOrderTerms } from './wire/new-algo-order.js'
import type { NewOrderTerms } from './wire/new-order.js'

/** An ordinary order in the venue's spelling. */
export function ordinaryTerms(request: OrderRequest, type: 'LIMIT' | 'MARKET', quantity: string): NewOrderTerms {
  const { symbol, terms, timeInForce = 'GTC' } = request
  return {
    symbol,
    side: terms.orderSide,
    positionSide: terms.positionSide,
    type,
    quantity,
    price: type === 'LIMIT' ? terms.price : null,
    timeInForce: type === 'LIMIT' ? timeInForce : null,
    reduceOnly: sendsReduceOnly(request) ? true : null,
    newClientOrderId: terms.clientOrderId,
  }
}

/** A conditional order in the venue's spelling. */
export function algoTerms(request: OrderRequest, type: NewAlgoOrderTerms['type']): NewAlgoOrderTerms {
  const { symbol, terms, workingType, callbackPercent = null } = request
  const isTrailing = type === 'TRAILING_STOP_MARKET'
  return {
    symbol,
    side: terms.orderSide,
    positionSide: terms.positionSide,
    type,
    quantity: terms.closePosition ? null : terms.quantity,
    triggerPrice: isTrailing ? null : terms.triggerPrice,
    workingType,
    closePosition: terms.closePosition ? true : null,
    reduceOnly: sendsReduceOnly(request) ? true : null,
    activatePrice: isTrailing ? terms.triggerPrice : null,
    callbackRate: isTrailing ? callbackPercent : null,
    clientAlgoId: terms.clientOrderId,
  }
}
