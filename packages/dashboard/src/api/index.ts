export type {
  AccountView,
  HealthReasonView,
  HealthStatusView,
  HealthView,
  ModeBadge,
  ShieldView,
  UnknownOrderView,
  UnprotectedView,
} from './account-view.js'
export type {
  Action,
  ActionAnswer,
  ActionPreview,
  ActionRequest,
  ActionResult,
  BookAction,
  ExpectedOrder,
  RepairAction,
  SwitchAction,
} from './action.js'
export { CURVE_POINTS, SLICES_SHOWN, type AnalyticsView } from './analytics-view.js'
export type { AttentionReason, BookListView, BookSummary, SideSummary } from './book-list.js'
export {
  CLOSED_SHOWN,
  type BookView,
  type ClosedDay,
  type GroupPanel,
  type TrancheRow,
  type VersionStep,
} from './book-view.js'
export {
  CANDLE_INTERVALS,
  CANDLES_SHOWN,
  type CandleRequest,
  type CandlesView,
  type CandleView,
} from './candle-view.js'
export type { HealthDetail, RecoveryView } from './health-detail.js'
export type {
  OrderFill,
  OrderListView,
  OrderOutcome,
  OrderStep,
  OrderTermsView,
  OrderView,
  WorkingOrderView,
} from './order-view.js'
export {
  API_PATHS,
  EXPORT_FORMATS,
  EXPORT_TABLES,
  type BookPlace,
  type ExportFormat,
  type ExportTable,
} from './paths.js'
export type { ProblemView } from './problem.js'
export type {
  CheckEntry,
  EquityIdentity,
  LastComparison,
  OrderSpace,
  PositionComparison,
  ReconciliationView,
  SyntheticBooking,
} from './reconciliation-view.js'
export type { SettingChange, SettingProblem, SettingsView } from './settings-view.js'
export type { HelloMessage, PriceMessage, RecordedMessage, SidePrice, StreamMessages } from './stream-message.js'
export type { TimelineEntry, TimelineGroup, TimelineView } from './timeline-view.js'
export type { TrancheDetail } from './tranche-detail.js'
