import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ORDER_BATCH } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'
import { newOrderParams, type NewOrderTerms } from './new-order.js'

/** `POST /fapi/v3/batchOrders`: up to five, each with its own answer. Not atomic. */
export function newOrderBatchRequest(
  version: AsterVersion,
  orders: readonly NewOrderTerms[],
  priority: RequestPriority,
): ApiRequest {
  const batchOrders = JSON.stringify(orders.map((terms) => Object.fromEntries(newOrderParams(terms))))
  const params = paramsOf({ batchOrders })
  return {
    method: 'POST',
    path: pathOf(version, 'batchOrders'),
    params,
    security: 'signed',
    cost: ORDER_BATCH,
    priority,
  }
}
