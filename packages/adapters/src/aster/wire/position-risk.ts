import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parsePositionRisk } from '../../binance/wire/position-risk.js'

/** `GET /fapi/v3/positionRisk`, or `/fapi/v2/positionRisk` of the older interface: every symbol, flat ones too. */
export function positionRiskRequest(version: AsterVersion): ApiRequest {
  return readRequest({ path: version === 'v1' ? '/fapi/v2/positionRisk' : pathOf(version, 'positionRisk'), weight: 5 })
}
