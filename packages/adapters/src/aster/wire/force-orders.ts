import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseForceOrders } from '../../binance/wire/force-orders.js'

/** `GET /fapi/v3/forceOrders`: liquidations and deleveraging of the account. */
export function forceOrdersRequest(version: AsterVersion, symbol: string, startTime: number): ApiRequest {
  const params = paramsOf({ symbol, startTime, limit: 100 })
  return readRequest({ path: pathOf(version, 'forceOrders'), weight: 20, params })
}
