import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'

/** `DELETE /fapi/v1/allOpenOrders`: ordinary orders only. */
export function cancelAllOrdersRequest(symbol: string): ApiRequest {
  const params = paramsOf({ symbol })
  return {
    method: 'DELETE',
    path: '/fapi/v1/allOpenOrders',
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'protection',
  }
}
