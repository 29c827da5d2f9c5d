import type { ApiRequest } from '../../transport/api-request.js'
import { weighing } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

export { parseListenKey } from '../../binance/wire/listen-key.js'

/** `POST` (create) or `PUT` (extend) of `/fapi/v3/listenKey`: signed like every call of agents; the older interface wants the key only. */
export function listenKeyRequest(version: AsterVersion, method: 'POST' | 'PUT'): ApiRequest {
  const security = version === 'v3' ? 'signed' : 'key'
  return { method, path: pathOf(version, 'listenKey'), params: [], security, cost: weighing(1), priority: 'ordinary' }
}
