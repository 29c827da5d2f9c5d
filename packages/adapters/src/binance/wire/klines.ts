import { klineLimit, klineWeight } from '../../fapi/wire/kline-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import type { CandleInterval } from '../../venue/candle.js'

export { parseKlines } from '../../fapi/wire/kline-row.js'

/** `GET /fapi/v1/klines`: the newest rows. */
export function klinesRequest(symbol: string, interval: CandleInterval, most: number): ApiRequest {
  const limit = klineLimit(most)
  const params = paramsOf({ symbol, interval, limit })
  return readRequest({ path: '/fapi/v1/klines', weight: klineWeight(limit), params, security: 'none' })
}
