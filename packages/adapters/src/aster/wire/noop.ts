import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'

/** `POST /fapi/v3/noop` with the nonce of a request in flight: uses the nonce up, so that the request cannot land any more. Best effort. */
export function noopRequest(nonce: string): ApiRequest {
  const params = paramsOf({ nonce })
  return {
    method: 'POST',
    path: '/fapi/v3/noop',
    params,
    security: 'signed',
    cost: weighing(1),
    priority: 'protection',
  }
}
