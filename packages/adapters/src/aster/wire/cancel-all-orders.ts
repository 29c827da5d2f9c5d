import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** `DELETE /fapi/v3/allOpenOrders`: conditional ones too. Its code is text. */
export function cancelAllOrdersRequest(version: AsterVersion, symbol: string): ApiRequest {
  const params = paramsOf({ symbol })
  return {
    method: 'DELETE',
    path: pathOf(version, 'allOpenOrders'),
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'protection',
  }
}
