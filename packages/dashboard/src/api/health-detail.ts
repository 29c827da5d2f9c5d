import type { AccountState, BookRecovery } from '@tranchebook/manager'
import type { AccountView, HealthView } from './account-view.js'
import type { LastComparison } from './reconciliation-view.js'

/** How the account came back at its start. */
export interface RecoveryView {
  /** When it was live, epoch ms of the venue. */
  readonly time: number
  readonly tookMs: number
  readonly books: readonly BookRecovery[]
  /** The comparison with the venue that it ended with. */
  readonly comparison: LastComparison | null
}

/** Everything about the machinery: what the health page shows. */
export interface HealthDetail {
  readonly health: HealthView
  readonly account: AccountView
  /** Figures since the start, by name; durations are ms. */
  readonly metrics: Readonly<Record<string, number>>
  readonly store: { readonly logId: string; readonly position: string }
  readonly versions: { readonly tranchebook: string; readonly node: string }
  /** When this server was opened, epoch ms of its own clock. */
  readonly startedTime: number
  readonly lastComparison: LastComparison | null
  /** What the venue still takes; `null` = it takes any number of requests, or a log is looked at. */
  readonly budget: AccountState['budget']
  /** `null` = it has not come back yet, or a log is looked at. */
  readonly recovery: RecoveryView | null
  /** Streams of server-sent events that are open. */
  readonly viewers: number
}
