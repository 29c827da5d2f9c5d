import type { AccountView, HealthView } from './account-view.js'
import type { LastComparison } from './reconciliation-view.js'

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
  /** Streams of server-sent events that are open. */
  readonly viewers: number
}
