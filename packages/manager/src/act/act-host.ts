import type { Venue, Clock } from '@tranchebook/adapters'
import type { BookLoop } from '../book/book-loop.js'
import type { Logger } from '../report/logger.js'
import type { ManagerMetrics } from '../report/metrics.js'

/** What sending and looking need. */
export interface ActHost {
  readonly venue: Venue
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: ManagerMetrics
  /** Ends all sending at once: the lease is lost, or the manager stops. */
  readonly signal: AbortSignal
  /** How long after it was sent a request may still be accepted, ms. */
  readonly acceptWindowMs: number
  /** The venue's time, epoch ms. */
  now(): number
  /** Whether anything may leave now: the mode allows it, and the account is still ours. */
  maySend(): boolean
  /** The same, once the database was asked where only it knows whose the account is. */
  knowsMaySend(): Promise<boolean>
  /** When a placement was last on its way, venue's time; `null` = long ago, or nobody here knows. */
  lastSending(clientOrderId: string): number | null
  /** Fetches and books the trades of a book that are not known yet. @throws {VenueError} */
  bookTrades(loop: BookLoop): Promise<void>
  /** Asks the venue for its filters. Settles when they are known, or after a moment without an answer. */
  doubtInstruments(): Promise<void>
  /** Cancels a stop that the book does not know, where the venue has no room for one of its own. False = there is none. */
  makeRoom(loop: BookLoop): Promise<boolean>
  /** Asks for a comparison with the venue soon. */
  requestReconcile(cause: string): void
}
