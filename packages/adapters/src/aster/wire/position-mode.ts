import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parsePositionMode } from '../../binance/wire/position-mode.js'

/** `GET /fapi/v3/positionSide/dual` */
export function positionModeRequest(version: AsterVersion): ApiRequest {
  return readRequest({ path: pathOf(version, 'positionSide/dual'), weight: 30 })
}
