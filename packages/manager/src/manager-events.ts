import type { BookEvent, EventOf, Input, Refusal } from '@tranchebook/core'
import type { EquityCheck } from './read/equity-watch.js'
import type { Health } from './report/health.js'

/** A recorded event of a book. */
export interface Recorded<Event extends BookEvent = BookEvent> {
  readonly account: string
  readonly symbol: string
  readonly event: Event
}

/** An input that was turned away: nothing was decided because of it. */
export interface RefusedInput {
  readonly account: string
  readonly symbol: string
  readonly input: Input
  readonly refusal: Refusal
}

/** What a manager says, and with what. All but `inputRefused`, `equityDiffers` and `healthChanged` come after the event is durable. */
export interface ManagerEvents {
  /** Every recorded event, in order, book by book. */
  event: (recorded: Recorded) => void
  trancheCreated: (recorded: Recorded<EventOf<'TrancheOpened'>>) => void
  trancheIncreased: (recorded: Recorded<EventOf<'TrancheIncreased'>>) => void
  trancheIsolated: (recorded: Recorded<EventOf<'TrancheIsolated'>>) => void
  trancheReleased: (recorded: Recorded<EventOf<'TrancheReleased'>>) => void
  /** A part was closed and something is left. */
  tranchePartialClose: (recorded: Recorded<EventOf<'TrancheReduced'>>) => void
  trancheClosed: (recorded: Recorded<EventOf<'TrancheClosed'>>) => void
  trancheLiquidated: (recorded: Recorded<EventOf<'TrancheLiquidated'>>) => void
  entryRefused: (recorded: Recorded<EventOf<'EntryRefused'>>) => void
  driftDetected: (recorded: Recorded<EventOf<'DriftDetected'>>) => void
  driftResolved: (recorded: Recorded<EventOf<'DriftResolved'>>) => void
  conflictDetected: (recorded: Recorded<EventOf<'ConflictDetected'>>) => void
  protectionLost: (recorded: Recorded<EventOf<'ProtectionLost'>>) => void
  protectionRestored: (recorded: Recorded<EventOf<'ProtectionRestored'>>) => void
  tradingPaused: (recorded: Recorded<EventOf<'TradingPaused'>>) => void
  tradingResumed: (recorded: Recorded<EventOf<'TradingResumed'>>) => void
  inputRefused: (refused: RefusedInput) => void
  /** The wallet and the books differ twice in a row by more than `equityTolerance`. */
  equityDiffers: (check: EquityCheck) => void
  healthChanged: (health: Health) => void
}
