import type { SendingMode } from '@tranchebook/core'
import type { StakesRequest } from './open-venue.js'

/** What `tranchebook run` was asked. */
export interface AccountRequest extends StakesRequest {
  readonly config: string
  readonly mode: SendingMode
  readonly directory?: string
  readonly database?: string
  /** True where that is a pgbouncer in transaction mode. */
  readonly pooled?: boolean
  readonly standby?: boolean
  /** A log that ends before what was seen of it was restored on purpose. */
  readonly acceptRestored?: boolean
  /** False = without the page and its interface. */
  readonly page: boolean
  readonly port?: number
  readonly json?: boolean
}
