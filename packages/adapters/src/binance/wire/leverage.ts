import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'

/** `POST /fapi/v1/leverage` */
export function leverageRequest(symbol: string, leverage: number): ApiRequest {
  const params = paramsOf({ symbol, leverage })
  return {
    method: 'POST',
    path: '/fapi/v1/leverage',
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'ordinary',
  }
}
