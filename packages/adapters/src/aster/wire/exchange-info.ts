import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseExchangeInfo } from '../../fapi/wire/exchange-info.js'

/** `GET /fapi/v3/exchangeInfo` */
export function exchangeInfoRequest(version: AsterVersion): ApiRequest {
  return readRequest({ path: pathOf(version, 'exchangeInfo'), weight: 1, security: 'none' })
}
