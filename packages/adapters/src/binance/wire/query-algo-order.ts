import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'

export { parseAlgoOrderRow } from './algo-order-row.js'

/** `GET /fapi/v1/algoOrder`: names the child once it has triggered. */
export function queryAlgoOrderRequest(clientAlgoId: string): ApiRequest {
  return readRequest({ path: '/fapi/v1/algoOrder', weight: 1, params: paramsOf({ clientAlgoId }) })
}
