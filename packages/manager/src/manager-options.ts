import type { Clock, Venue } from '@tranchebook/adapters'
import type { BookEvent, ClosingRule, SendingMode, TranchebookConfig } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import type { BookRules } from './book/book-rules.js'
import type { Logger } from './report/logger.js'

/** What a manager is opened with. */
export interface ManagerOptions {
  /** Must be the venue's account; the part of each stream's name before `/`. */
  readonly account: string
  readonly venue: Venue
  readonly store: EventStore<BookEvent>
  readonly config: TranchebookConfig
  /** `observe` sends nothing, `protect` protects what others trade, `trade` (default) does all. */
  readonly mode?: SendingMode
  /** Silent by default; a pino logger fits. */
  readonly logger?: Logger
  readonly clock?: Clock
  /** Custom closing rules by name. */
  readonly closingRules?: ReadonlyMap<string, ClosingRule>
  /** Names this process as the holder of the account's lease; unique by default. */
  readonly holder?: string
  /** How long the lease lasts without renewal, ms (15 000). */
  readonly leaseMs?: number
  /** Wait for the lease where another process holds it, instead of failing. */
  readonly standby?: boolean
  /**
   * Asked once the account is owned, after whatever wait, before its log is read. What it rejects with ends the start, and gives the account
   * back: `assertReached` of an anchor that the store keeps refuses a log that was restored while a standby waited.
   */
  readonly whenOwned?: () => Promise<void>
  /** Recompute the hash chains of the account's books at the start (true). */
  readonly verifyLog?: boolean
  /** How long the venue may leave one question of the start unanswered, ms (120 000). It is asked again, with growing pauses. */
  readonly startTimeoutMs?: number
  /** How long after sending a request may still be accepted by the venue, ms (what the venue declares). */
  readonly acceptWindowMs?: number
  /** Stops the manager at once when aborted, without draining. */
  readonly signal?: AbortSignal
}

/** What is injected from inside this package only. */
export interface EngineOptions extends ManagerOptions {
  readonly rules?: BookRules
}

/** How a manager is stopped. */
export interface StopOptions {
  /** Ends the draining early. */
  readonly signal?: AbortSignal
}
