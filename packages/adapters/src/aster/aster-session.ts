import type { ApiSession } from '../fapi/api-session.js'
import type { WriteSession } from '../fapi/write-session.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { AsterVersion } from './wire/api-version.js'

/** A session that knows which version of the interface it speaks. */
export interface AsterMarketSession extends ApiSession {
  readonly version: AsterVersion
}

/** A session with what is particular to Aster. */
export interface AsterSession extends WriteSession, AsterMarketSession {
  /** The nonce a request was signed with; `null` where there are none. */
  readonly nonceOf: (request: ApiRequest) => string | null
  /** Nonces of orders whose outcome is unknown, by client id. */
  readonly doubtful: Map<string, string>
}
