import type { CandleTerms } from '../../fapi/market-venue.js'
import { klineLimit, klineWeight } from '../../fapi/wire/kline-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'

export { parseKlines } from '../../fapi/wire/kline-row.js'

/** `GET /fapi/v1/klines`: the newest rows. */
export function klinesRequest({ symbol, interval, limit: most }: CandleTerms): ApiRequest {
  const limit = klineLimit(most)
  const params = paramsOf({ symbol, interval, limit })
  return readRequest({ path: '/fapi/v1/klines', weight: klineWeight(limit), params, security: 'none' })
}
