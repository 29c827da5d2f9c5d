import type { StakesRequest } from '../process/open-venue.js'

/** What `tranchebook verify-protection`, `protect`, `adopt`, `reconcile` and `doctor` were asked. */
export interface RepairOptions extends StakesRequest {
  /** Only a running process can be asked without. */
  readonly config?: string
  readonly directory?: string
  readonly database?: string
  /** True where that is a pgbouncer in transaction mode. */
  readonly pooled?: boolean
  readonly symbol?: string
  readonly dryRun?: boolean
  /** Tranches to give up again; `true` = all that were adopted. */
  readonly rollBack?: true | readonly string[]
  /** Symbol whose venue is believed about the side it holds. */
  readonly takeOver?: string
  /** Ms. */
  readonly timeout?: number
  readonly json?: boolean
}

/** Names what the command line has already checked. */
export function parseRepairOptions(options: Readonly<Record<string, unknown>>): RepairOptions {
  return options
}
