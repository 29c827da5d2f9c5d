import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseOpenOrders } from '../../binance/wire/open-orders.js'

/** `GET /fapi/v3/openOrders`: conditional ones too; without a symbol it weighs 40. */
export function openOrdersRequest(version: AsterVersion, symbol: string | null): ApiRequest {
  return readRequest({
    path: pathOf(version, 'openOrders'),
    weight: symbol === null ? 40 : 1,
    params: paramsOf({ symbol }),
  })
}
