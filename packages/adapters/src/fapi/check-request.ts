import { isConditional, type OrderRequest } from '../venue/order-request.js'

const CLIENT_ID = /^[A-Za-z0-9_-]{1,36}$/

function closePositionProblem({ terms }: OrderRequest): string | null {
  if (!terms.closePosition) return null
  if (terms.orderType !== 'STOP_MARKET' && terms.orderType !== 'TAKE_PROFIT_MARKET')
    return `a ${terms.orderType} order cannot close the position`
  if (terms.quantity !== null) return 'an order that closes the position has no quantity of its own'
  const opens = `${terms.orderSide} ${terms.positionSide}`
  return opens === 'BUY LONG' || opens === 'SELL SHORT' ? `${opens} opens, it cannot close the position` : null
}

function priceProblem({ terms, callbackPercent }: OrderRequest): string | null {
  const { orderType, price, triggerPrice } = terms
  if (orderType === 'LIMIT' && price === null) return 'a LIMIT order needs a price'
  if (orderType !== 'LIMIT' && price !== null) return `a ${orderType} order has no price`
  if (orderType === 'TRAILING_STOP_MARKET')
    return callbackPercent === undefined ? 'a trailing stop needs callbackPercent' : null
  if (isConditional(orderType) && triggerPrice === null) return `a ${orderType} order needs a trigger price`
  return isConditional(orderType) || triggerPrice === null ? null : `a ${orderType} order has no trigger price`
}

/** What makes an order impossible at every venue of this kind; `null` = nothing. Filters are not looked at. */
export function problemOf(request: OrderRequest): string | null {
  const { clientOrderId, quantity, closePosition } = request.terms
  if (!CLIENT_ID.test(clientOrderId))
    return `client order id ${JSON.stringify(clientOrderId)} does not match ${CLIENT_ID.source}`
  if (quantity === null && !closePosition) return 'an order that does not close the position needs a quantity'
  return closePositionProblem(request) ?? priceProblem(request)
}

/** Whether `reduceOnly` goes along: never in hedge mode, never with close-position. */
export function sendsReduceOnly({ terms }: OrderRequest): boolean {
  return terms.reduceOnly && terms.positionSide === 'BOTH' && !terms.closePosition
}
