import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseServerTime } from '../../binance/wire/server-time.js'

/** `GET /fapi/v3/time` */
export function serverTimeRequest(version: AsterVersion): ApiRequest {
  return readRequest({ path: pathOf(version, 'time'), weight: 1, security: 'none' })
}
