import { type UserTradesSpan, USER_TRADES_PAGE } from '../../binance/wire/user-trades.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseUserTrades, USER_TRADES_PAGE } from '../../binance/wire/user-trades.js'

/** `GET /fapi/v3/userTrades`: from an id on, or a span of at most 7 days. */
export function userTradesRequest(version: AsterVersion, symbol: string, span: UserTradesSpan): ApiRequest {
  const params = paramsOf({ symbol, ...span, limit: USER_TRADES_PAGE })
  return readRequest({ path: pathOf(version, 'userTrades'), weight: 5, params })
}
