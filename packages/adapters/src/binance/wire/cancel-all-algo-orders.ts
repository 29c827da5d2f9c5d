import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'

/** `DELETE /fapi/v1/algoOpenOrders`: conditional orders only. */
export function cancelAllAlgoOrdersRequest(symbol: string): ApiRequest {
  const params = paramsOf({ symbol })
  return {
    method: 'DELETE',
    path: '/fapi/v1/algoOpenOrders',
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'protection',
  }
}
