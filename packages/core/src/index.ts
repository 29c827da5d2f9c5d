export { ConfigError, DOCS_URL, InputError, InvariantError, TranchebookError, type ErrorDetails } from './errors.js'
export { absolute, ascending, larger, minus, negate, plus, smaller } from './money/arithmetic.js'
export { Decimal, moneyToDecimal, percentToDecimal, priceToDecimal, quantityToDecimal } from './money/decimal.js'
export {
  MONEY_DECIMALS,
  NO_MONEY,
  asMoney,
  averagePrice,
  formatMoney,
  notional,
  parseMoney,
  shareOf,
  type Money,
} from './money/money.js'
export { ALL_PERCENT, PERCENT_DECIMALS, asPercent, formatPercent, parsePercent, type Percent } from './money/percent.js'
export { PRICE_DECIMALS, asPrice, formatPrice, parsePrice, type Price } from './money/price.js'
export {
  NO_QUANTITY,
  QUANTITY_DECIMALS,
  asQuantity,
  formatQuantity,
  parseQuantity,
  type Quantity,
} from './money/quantity.js'
export { divide, roundToStep, type Rounding } from './money/rounding.js'
export {
  areFiltersUnreadable,
  meetsMinimums,
  quoteAssetOf,
  roundPrice,
  roundQuantity,
  unknownInstrument,
  type Instrument,
} from './instrument/instrument.js'
export {
  ALLOCATIONS,
  CLOSING_RULES,
  DRIFT_POLICIES,
  ENTRY_MODES,
  ENTRY_SIDES,
  ISOLATED_CLOSING,
  ISOLATION_ACTIONS,
  PROTECTIONS,
  SIZING_SHAPES,
  SL_TP_STRATEGIES,
  STOP_LADDERS,
  WHEN_FULL,
  WORKING_TYPES,
  type AccountLimits,
  type ClosingRuleName,
  type DriftPolicy,
  type EntryMode,
  type EntrySides,
  type IsolatedClosing,
  type IsolationAction,
  type PositionMode,
  type Protection,
  type ScaledLevel,
  type SizingShape,
  type SlTpStrategy,
  type StopLadderName,
  type SymbolConfig,
  type TrancheAllocation,
  type TranchebookConfig,
  type WhenFull,
  type WorkingType,
} from './config/symbol-config.js'
export { DEFAULT_CONFIG, DEFAULT_LIMITS } from './config/default-config.js'
export { configFor, parseConfig } from './config/parse-config.js'
export { changeConfig } from './config/change-config.js'
export { configSchema } from './config/config-schema.js'
export { formatConfig, formatConfigFile } from './config/format-config.js'
export { PRESETS } from './config/presets.js'
export { closestName } from './config/spelling.js'
export type { Because, Candidate, Facts, MAX_CANDIDATES } from './book/because.js'
export { emptyBook, FUNDING_WINDOW, positionSideOf, streamOf } from './book/book.js'
export { type Named, namedBy, openTranchesOf } from './book/name.js'
export type { BookIdentity, Mark, PauseKind, TrancheBook } from './book/book.js'
export type {
  AccountSummary,
  ClosingLot,
  ClosingPart,
  ClosingRequest,
  ClosingRule,
  DecisionContext,
  ObservedMark,
  Readiness,
  SendingMode,
} from './book/context.js'
export type {
  AmountPartText,
  AmountTexts,
  BookEvent,
  BookOpened,
  CancelIntended,
  CancelRefused,
  CommandRefused,
  ConfigurationChanged,
  ConflictDetected,
  ConflictResolved,
  DecimalText,
  DriftDetected,
  DriftResolved,
  EntryRefused,
  EstimateReplaced,
  EventHeader,
  EventOf,
  EventType,
  FeePartText,
  FillBooked,
  FillFeeBooked,
  FillOrphaned,
  FundingBooked,
  LevelFillText,
  LevelText,
  LeverageIntended,
  MarkObserved,
  OrderAcknowledged,
  OrderClosed,
  OrderEnding,
  OrderIntended,
  OrderOutcomeUnknown,
  OrderRefused,
  OrderTerms,
  OrderTriggered,
  PartText,
  PositionChecked,
  ProtectionDegraded,
  ProtectionLost,
  ProtectionRestored,
  RepairRequested,
  StopMoved,
  TakeProfitMoved,
  TakeProfitReached,
  TargetTexts,
  TradingPaused,
  TradingResumed,
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
  UnmatchedSettled,
} from './book/events.js'
export { REPAIR_KINDS, type RepairKind } from './book/rule-events.js'
export type { AverageCost, Estimate, PositionCheck, SyncStatus, TrancheGroup, UnmatchedFill } from './book/group.js'
export type {
  Allocation,
  BookOrder,
  OrderPurpose,
  OrderSide,
  OrderState,
  OrderType,
  PositionSide,
  RefusedCancels,
} from './book/order.js'
export type {
  Amounts,
  Evidence,
  Origin,
  Reduction,
  Side,
  StopRung,
  TakeProfitLevel,
  Trailing,
  Tranche,
} from './book/tranche.js'
export type {
  Command,
  CommandInput,
  FillInput,
  FillKind,
  FundingInput,
  Input,
  InputHeader,
  MarkInput,
  OrderInput,
  OrderReportStatus,
  PositionInput,
  ReviewInput,
  TickInput,
} from './observe/inputs.js'
export { orderInput, type OrderNews } from './observe/order-input.js'
export { createArrivalWindow, type Arrival, type ArrivalWindow } from './observe/arrival-window.js'
export { restartMark, widenMark } from './observe/observed-mark.js'
export { parseInput, type InputDefaults } from './observe/parse-input.js'
export {
  accountShareOf,
  summariseAccount,
  type AccountShare,
  type BookPart,
  type ShareTerms,
} from './policy/account-share.js'
export {
  BUILT_IN_CLOSING_RULES,
  chooseParts,
  choosePartsSoundly,
  closingLots,
  type ClosingChoice,
  type SoundParts,
} from './policy/closing.js'
export { STOP_RULES, type StopProposal, type StopRule, type StopRuleContext } from './policy/stop-ladder.js'
export { nextTriggers, type Triggers } from './policy/triggers.js'
export { decide } from './decide/decide.js'
export { refusalOf, type Refusal } from './decide/refuse.js'
export { copyBook, evolveAll } from './evolve/copy-book.js'
export { applyEvent, evolve } from './evolve/evolve.js'
export { reportBook, type BookReport, type ReportRequest } from './view/book-report.js'
export { explainEvent } from './view/explain-event.js'
export type { ExplainedLine } from './view/explain-lines.js'
export { explainTranche, type ExplainOptions, type TrancheExplanation } from './view/explain-tranche.js'
export { PLAIN_PRECISION, type TextPrecision } from './view/figure-text.js'
export { historyOf } from './view/tranche-history.js'
export type { TrancheHistory, TrancheRecord } from './view/tranche-record.js'
export type { ViewPoint } from './view/tranche-view.js'
export { canonicalJson } from './replay/canonical-json.js'
export { replay } from './replay/replay-events.js'
export {
  ALONE,
  runBook,
  setupFor,
  type BookRun,
  type Circumstances,
  type RunSetup,
  type Step,
} from './replay/run-book.js'
export { runInputs, type RanBook, type RefusedInput, type RunOptions, type RunResult } from './replay/run-inputs.js'
export { stateHash } from './replay/state-hash.js'
export { upcast } from './replay/upcast/upcast.js'
export { whatIf, type BookWhatIf, type WhatIfReport } from './replay/what-if/what-if.js'
export { clientOrderIdOf, intentOf, isOwnOrderId } from './book/client-order-id.js'
export { type JsonSchema } from './config/config-schema.js'
export { type FormattedConfigFile, type FormattedOptions } from './config/format-config.js'
export {
  ACCOUNT_OPTIONS,
  FILE_OPTIONS,
  SYMBOL_OPTIONS,
  SYMBOL_OPTION_GROUPS,
  type ConfigInput,
  type OptionName,
  type SymbolOptions,
  type SymbolOptionsInput,
} from './config/option-table.js'
export { type KnownNames } from './config/parse-config.js'
export { type ConfigProblem, type ConfigProblemCode } from './config/place.js'
export { type PresetName } from './config/presets.js'
export { adviseSize } from './policy/allocation.js'
export { type EntryAnswer, type EntryRefusal, type EntryRefusalCode, type EntryRequest } from './policy/entry-answer.js'
export { canOpenNewTranche } from './policy/entry-limits.js'
export { pnlAt, pnlPercentAt, priceAtPercent, type Holding } from './policy/pnl.js'
export { positionPhase, type PositionPhase } from './policy/position-phase.js'
export { type SizeAdvice, type SizeRequest, type SizeStep } from './policy/size-advice.js'
export { compareOrders } from './protection/compare-orders.js'
export { coverage, type Coverage } from './protection/coverage.js'
export { type DesiredExit, type DesiredOrder } from './protection/desired-orders.js'
export { planProtection, type ProtectionPlan } from './protection/plan-protection.js'
export { type ProtectionAction } from './protection/protection-actions.js'
export { differenceBetween, type Change, type Subject } from './replay/difference.js'
export { firstDifference, type EventDifference } from './replay/regression/compare-events.js'
export { redecideInputs } from './replay/regression/redecide-inputs.js'
export { redecideLog } from './replay/regression/redecide-log.js'
export { formatRegression, type LogRegression } from './replay/regression/regression-report.js'
export { type RunSeam } from './replay/run-inputs.js'
export {
  SNAPSHOT_SCHEMA,
  loadSnapshot,
  saveSnapshot,
  type BookSnapshot,
  type LoadedSnapshot,
} from './replay/snapshot.js'
export { bookAt, openTimeline, type Timeline } from './replay/time-travel.js'
export { type EventPlace } from './replay/upcast/event-place.js'
export { parseEvent } from './replay/upcast/parse-event.js'
export { createUpcaster } from './replay/upcast/upcast.js'
export { analyze, type Analytics } from './view/analytics.js'
export { equityCurve, openEquityCurve, type EquityPoint, type GrowingCurve } from './view/equity-curve.js'
export { explainBecause } from './view/explain-because.js'
export { figureText, gainText, percentText, shortId } from './view/figure-text.js'
export { type GroupView } from './view/group-view.js'
export { presentLiveGroup, viewGroup, type LiveGroupView, type LivePoint } from './view/live-group-view.js'
export { NO_TRANCHE } from './view/pnl-slices.js'
export { AS_DECIMAL, AS_TEXT, type Presentation } from './view/presentation.js'
export { presentTakeProfit, takeProfitStatus, type TakeProfitStatus } from './view/take-profit-status.js'
export { formatClock, formatDay, formatDuration, formatTime } from './view/time-text.js'
export { recordEvent } from './view/tranche-history.js'
export {
  emptyHistory,
  type IsolationEpisode,
  type RecordedEntry,
  type RecordedReduction,
  type TrancheStatus,
} from './view/tranche-record.js'
export { type ReductionView, type TrancheView } from './view/tranche-view.js'
