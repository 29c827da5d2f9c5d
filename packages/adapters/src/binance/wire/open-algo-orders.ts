import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'
import { type AlgoOrderRow, parseAlgoOrderRow } from './algo-order-row.js'

/** `GET /fapi/v1/openAlgoOrders`: without a symbol it weighs 40. It may still list what has triggered. */
export function openAlgoOrdersRequest(symbol: string | null): ApiRequest {
  return readRequest({
    path: '/fapi/v1/openAlgoOrders',
    weight: symbol === null ? 40 : 1,
    params: paramsOf({ algoType: 'CONDITIONAL', symbol }),
  })
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseAlgoOrders(value: unknown): readonly AlgoOrderRow[] {
  return listOf(value, 'algo orders').map(parseAlgoOrderRow)
}
