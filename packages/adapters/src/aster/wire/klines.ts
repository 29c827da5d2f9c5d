import type { CandleTerms } from '../../fapi/market-venue.js'
import { klineLimit, klineWeight } from '../../fapi/wire/kline-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseKlines } from '../../fapi/wire/kline-row.js'

/** `GET /fapi/v3/klines`: the newest rows. */
export function klinesRequest(version: AsterVersion, { symbol, interval, limit }: CandleTerms): ApiRequest {
  const most = klineLimit(limit)
  const params = paramsOf({ symbol, interval, limit: most })
  return readRequest({ path: pathOf(version, 'klines'), weight: klineWeight(most), params, security: 'none' })
}
