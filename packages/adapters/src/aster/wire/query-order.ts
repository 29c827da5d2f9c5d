import type { OrderId } from '../../binance/wire/cancel-order.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseOrderRow } from '../../fapi/wire/order-row.js'

/** `GET /fapi/v3/order`: any kind, terminal ones for some days. */
export function queryOrderRequest(version: AsterVersion, symbol: string, order: OrderId): ApiRequest {
  return readRequest({ path: pathOf(version, 'order'), weight: 1, params: paramsOf({ symbol, ...order }) })
}
