import { parseUserTradeRow, type UserTradeRow } from '../../fapi/wire/user-trade-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { listOf } from '../../wire/wire-fields.js'

/** Rows of one page. */
export const USER_TRADES_PAGE = 1000

/** From an id on, or a span of at most 7 days: never both. */
export type UserTradesSpan =
  | { readonly fromId: string }
  | { readonly startTime: number; readonly endTime: number }
  | { readonly startTime?: never }

/** `GET /fapi/v1/userTrades`: the last three months. */
export function userTradesRequest(symbol: string, span: UserTradesSpan): ApiRequest {
  return readRequest({
    path: '/fapi/v1/userTrades',
    weight: 5,
    params: paramsOf({ symbol, ...span, limit: USER_TRADES_PAGE }),
  })
}

/** @throws {InputError} `venue.payload.malformed` */
export function parseUserTrades(value: unknown): readonly UserTradeRow[] {
  return listOf(value, 'userTrades').map(parseUserTradeRow)
}
