import type {
  AccountLimits,
  AccountSummary,
  BookEvent,
  ClosingRule,
  Input,
  Instrument,
  InvariantError,
  Readiness,
  Refusal,
  SendingMode,
} from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import type { Clock } from '@tranchebook/adapters'
import type { Logger } from '../report/logger.js'
import type { ManagerMetrics } from '../report/metrics.js'

/** What all books of an account share. */
export interface LoopHost {
  readonly store: EventStore<BookEvent>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: ManagerMetrics
  readonly limits: AccountLimits
  readonly sending: SendingMode
  readonly closingRules: ReadonlyMap<string, ClosingRule>
  /** Ends everything at once: the lease is lost. */
  readonly signal: AbortSignal
  /** The venue's time, epoch ms. */
  now(): number
  epoch(): number
  instrumentOf(symbol: string): Instrument
  readinessOf(symbol: string): Readiness
  /** Of the account's other books. */
  summaryWithout(symbol: string): AccountSummary
  conditionalRoom(): number | null
  /** Whether what rests at the venue is known well enough to be changed. */
  mayReview(symbol: string): boolean
  /** These are in the log now, and in the durable book. */
  onDurable(symbol: string, events: readonly BookEvent[]): void
  /** An input was turned away: nothing was decided. */
  onRefused(input: Input, refusal: Refusal): void
  /** Inputs were given up: what they said has to be asked for again. */
  onOverflow(symbol: string): void
  /** The log does not take events for now; `null` = it does again. */
  onStoreTrouble(symbol: string, why: string | null): void
  /** A custom closing rule threw or did not add up: LIFO stands in for it. */
  onBrokenRule(rule: string, error: InvariantError): void
  /** The book has stopped for good. */
  onHalt(symbol: string, error: unknown): void
}
