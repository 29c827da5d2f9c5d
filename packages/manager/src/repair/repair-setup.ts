import type { ManagerOptions } from '../manager-options.js'

/** An account to look at or to repair, with or without a process that runs it. */
export type RepairSetup = Pick<
  ManagerOptions,
  'account' | 'venue' | 'store' | 'config' | 'closingRules' | 'clock' | 'logger' | 'holder' | 'leaseMs' | 'signal'
>

/** Which books; all that are configured or recorded where none is named. */
export interface RepairScope {
  readonly symbols?: readonly string[]
}

/** How bad a finding is: `problem` = act, `warning` = know, `fine` = as it should be. */
export type FindingLevel = 'fine' | 'warning' | 'problem'

/** Something that was found, in words that say what to do. */
export interface Finding {
  readonly level: FindingLevel
  /** Stable, for programs. */
  readonly code: string
  /** The book it concerns; `null` = the account. */
  readonly symbol: string | null
  /** What was expected, what was found, what to do. */
  readonly message: string
}
