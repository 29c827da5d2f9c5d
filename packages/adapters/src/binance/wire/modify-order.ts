import { type ApiRequest, type Params, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'

/** New price and quantity of a resting LIMIT order; both are mandatory. It loses its place in the queue. */
export interface ModifyOrderTerms {
  readonly symbol: string
  readonly side: string
  readonly quantity: string
  readonly price: string
  readonly origClientOrderId: string
}

function modifyParams({ symbol, side, quantity, price, origClientOrderId }: ModifyOrderTerms): Params {
  return paramsOf({ origClientOrderId, symbol, side, quantity, price })
}

/** `PUT /fapi/v1/order` */
export function modifyOrderRequest(terms: ModifyOrderTerms, priority: RequestPriority): ApiRequest {
  return {
    method: 'PUT',
    path: '/fapi/v1/order',
    params: modifyParams(terms),
    security: 'signed',
    cost: ONE_ORDER,
    priority,
  }
}
