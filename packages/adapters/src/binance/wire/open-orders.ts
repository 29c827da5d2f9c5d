import { type OrderRow, parseOrderRow } from '../../fapi/wire/order-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'

/** `GET /fapi/v1/openOrders`: without a symbol it weighs 40. Does not list algo orders. */
export function openOrdersRequest(symbol: string | null): ApiRequest {
  return readRequest({ path: '/fapi/v1/openOrders', weight: symbol === null ? 40 : 1, params: paramsOf({ symbol }) })
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseOpenOrders(value: unknown): readonly OrderRow[] {
  return listOf(value, 'openOrders').map(parseOrderRow)
}
