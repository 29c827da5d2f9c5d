import type {
  EstimateReplaced,
  FillBooked,
  FillFeeBooked,
  FillOrphaned,
  FundingBooked,
  MarkObserved,
  UnmatchedSettled,
} from './fill-events.js'
import type {
  CancelIntended,
  CancelRefused,
  LeverageIntended,
  OrderAcknowledged,
  OrderClosed,
  OrderEnding,
  OrderIntended,
  OrderOutcomeUnknown,
  OrderRefused,
  OrderTriggered,
} from './order-events.js'
import type {
  BookOpened,
  CommandRefused,
  ConfigurationChanged,
  EntryRefused,
  RepairRequested,
  TradingPaused,
  TradingResumed,
} from './rule-events.js'
import type {
  StopMoved,
  TakeProfitMoved,
  TakeProfitReached,
  TrancheAnnotated,
  TrancheClosed,
  TrancheIncreased,
  TrancheIsolated,
  TrancheLabelled,
  TrancheLiquidated,
  TrancheMerged,
  TrancheOpened,
  TrancheReduced,
  TrancheReleased,
} from './tranche-events.js'
import type {
  ConflictDetected,
  ConflictResolved,
  DriftDetected,
  DriftResolved,
  PositionChecked,
  ProtectionDegraded,
  ProtectionLost,
  ProtectionRestored,
} from './venue-events.js'

export type {
  AmountPartText,
  AmountTexts,
  DecimalText,
  EventHeader,
  LevelText,
  PartText,
  TargetTexts,
} from './event-header.js'
export type {
  EstimateReplaced,
  FeePartText,
  FillBooked,
  FillFeeBooked,
  FillOrphaned,
  FundingBooked,
  MarkObserved,
  UnmatchedSettled,
} from './fill-events.js'
export type {
  LevelFillText,
  StopMoved,
  TakeProfitMoved,
  TakeProfitReached,
  TrancheAnnotated,
  TrancheClosed,
  TrancheIncreased,
  TrancheIsolated,
  TrancheLabelled,
  TrancheLiquidated,
  TrancheMerged,
  TrancheOpened,
  TrancheReduced,
  TrancheReleased,
} from './tranche-events.js'
export type {
  CancelIntended,
  CancelRefused,
  LeverageIntended,
  OrderAcknowledged,
  OrderClosed,
  OrderEnding,
  OrderIntended,
  OrderOutcomeUnknown,
  OrderRefused,
  OrderTerms,
  OrderTriggered,
} from './order-events.js'
export type {
  ConflictDetected,
  ConflictResolved,
  DriftDetected,
  DriftResolved,
  PositionChecked,
  ProtectionDegraded,
  ProtectionLost,
  ProtectionRestored,
} from './venue-events.js'
export type {
  BookOpened,
  CommandRefused,
  ConfigurationChanged,
  EntryRefused,
  RepairRequested,
  TradingPaused,
  TradingResumed,
} from './rule-events.js'

/** What a book decided and recorded because of an input. State comes from these only. */
export type BookEvent =
  | BookOpened
  | FillBooked
  | FillFeeBooked
  | FillOrphaned
  | UnmatchedSettled
  | MarkObserved
  | FundingBooked
  | TrancheOpened
  | TrancheIncreased
  | TrancheReduced
  | TrancheClosed
  | TrancheLiquidated
  | TrancheIsolated
  | TrancheReleased
  | TrancheMerged
  | TrancheLabelled
  | TrancheAnnotated
  | StopMoved
  | TakeProfitMoved
  | TakeProfitReached
  | EstimateReplaced
  | OrderIntended
  | OrderAcknowledged
  | OrderTriggered
  | OrderRefused
  | OrderOutcomeUnknown
  | OrderEnding
  | OrderClosed
  | CancelIntended
  | CancelRefused
  | LeverageIntended
  | PositionChecked
  | DriftDetected
  | DriftResolved
  | ConflictDetected
  | ConflictResolved
  | ProtectionLost
  | ProtectionRestored
  | ProtectionDegraded
  | ConfigurationChanged
  | EntryRefused
  | CommandRefused
  | RepairRequested
  | TradingPaused
  | TradingResumed

/** Names of all events. */
export type EventType = BookEvent['type']

/** The event of one name. */
export type EventOf<Type extends EventType> = Extract<BookEvent, { readonly type: Type }>
