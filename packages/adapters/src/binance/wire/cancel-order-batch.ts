import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { weighing } from '../limits.js'

/** `DELETE /fapi/v1/batchOrders`: up to ten of one symbol, each with its own answer. */
export function cancelOrderBatchRequest(
  symbol: string,
  clientOrderIds: readonly string[],
  priority: RequestPriority,
): ApiRequest {
  const params = paramsOf({ symbol, origClientOrderIdList: JSON.stringify(clientOrderIds) })
  return { method: 'DELETE', path: '/fapi/v1/batchOrders', params, security: 'signed', cost: weighing(1), priority }
}
