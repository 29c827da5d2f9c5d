import { type OrderRow, parseOrderRow } from '../../fapi/wire/order-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v1/forceOrders`: liquidations and deleveraging of the account, 90 days. */
export function forceOrdersRequest(symbol: string, startTime: number): ApiRequest {
  return readRequest({ path: '/fapi/v1/forceOrders', weight: 20, params: paramsOf({ symbol, startTime, limit: 100 }) })
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseForceOrders(value: unknown): readonly OrderRow[] {
  return listOf(value, 'forceOrders').map(parseOrderRow)
}
