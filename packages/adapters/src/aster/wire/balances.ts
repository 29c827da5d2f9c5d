import { type ApiRequest, readRequest } from '../../transport/api-request.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseBalances } from '../../fapi/wire/balance-row.js'

/** `GET /fapi/v3/balance`; the older interface has it as v2. */
export function balancesRequest(version: AsterVersion): ApiRequest {
  return readRequest({ path: version === 'v1' ? '/fapi/v2/balance' : pathOf(version, 'balance'), weight: 5 })
}
