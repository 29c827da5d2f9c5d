import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseServerTime } from '../../binance/wire/server-time.js'

/** `GET /fapi/v3/time`: without it no stop can be signed, so that it may spend the reserve. */
export function serverTimeRequest(version: AsterVersion): ApiRequest {
  const request = readRequest({ path: pathOf(version, 'time'), weight: 1, security: 'none' })
  return { ...request, priority: 'protection' }
}
