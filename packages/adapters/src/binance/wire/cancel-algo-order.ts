import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { weighing } from '../limits.js'

/** `DELETE /fapi/v1/algoOrder`: while it waits. After the trigger its child is an ordinary order. */
export function cancelAlgoOrderRequest(clientAlgoId: string, priority: RequestPriority): ApiRequest {
  const params = paramsOf({ clientAlgoId })
  return { method: 'DELETE', path: '/fapi/v1/algoOrder', params, security: 'signed', cost: weighing(1), priority }
}
