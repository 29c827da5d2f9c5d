import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ORDER_BATCH } from '../limits.js'
import { newOrderParams, type NewOrderTerms } from './new-order.js'

/** `POST /fapi/v1/batchOrders`: up to five, each with its own answer. Not atomic. */
export function newOrderBatchRequest(orders: readonly NewOrderTerms[], priority: RequestPriority): ApiRequest {
  const batchOrders = JSON.stringify(orders.map((terms) => Object.fromEntries(newOrderParams(terms))))
  const params = paramsOf({ batchOrders })
  return { method: 'POST', path: '/fapi/v1/batchOrders', params, security: 'signed', cost: ORDER_BATCH, priority }
}
