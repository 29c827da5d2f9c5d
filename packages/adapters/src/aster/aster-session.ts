import type { WriteSession } from '../fapi/write-session.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { AsterVersion } from './wire/api-version.js'

/** A session with what is particular to Aster. */
export interface AsterSession extends WriteSession {
  readonly version: AsterVersion
  /** The nonce a request was signed with; `null` where there are none. */
  readonly nonceOf: (request: ApiRequest) => string | null
  /** Nonces of orders whose outcome is unknown, by client id. */
  readonly doubtful: Map<string, string>
}
