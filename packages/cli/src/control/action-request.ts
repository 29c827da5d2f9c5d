import type { Side } from '@tranchebook/core'
import type { DatabaseRequest } from '../database/database-request.js'

/** What `tranchebook tranche close`, `merge`, `label`, `add`, `isolate` and the like were asked. */
export interface ActRequest extends DatabaseRequest {
  readonly symbol?: string
  readonly account?: string
  /** Base. */
  readonly quantity?: string
  /** Limit; at market where absent. */
  readonly price?: string
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean
  /** Do what is done only when it is said twice. */
  readonly yes?: boolean
}

/** Names what the command line has already checked. */
export function parseActOptions(options: Readonly<Record<string, unknown>>): ActRequest {
  return options
}

/** What `tranchebook tranche open` was asked. */
export interface EntryRequest extends ActRequest {
  readonly side: Side
  readonly quantity: string
  readonly label?: string
}
