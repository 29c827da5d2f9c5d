import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'

/** `POST /fapi/v1/countdownCancelAll`: cancels the symbol's ordinary orders unless it is renewed in time; 0 ms stops it. */
export function countdownCancelAllRequest(symbol: string, countdownMs: number): ApiRequest {
  const params = paramsOf({ symbol, countdownTime: countdownMs })
  return {
    method: 'POST',
    path: '/fapi/v1/countdownCancelAll',
    params,
    security: 'signed',
    cost: weighing(10),
    priority: 'ordinary',
  }
}
