export { openDashboard, type Dashboard, type DashboardOptions } from './open-dashboard.js'
export { DashboardError } from './dashboard-error.js'
export type {
  Circumstances,
  CommandFields,
  DashboardSource,
  LeftOutBook,
  LiveAccount,
} from './source/dashboard-source.js'
export { liveSource, type LiveOptions } from './source/live-source.js'
export { recordedSource, type RecordedOptions } from './source/recorded-source.js'
export { storeBooks, type ReplayedBook } from './source/store-books.js'
export { connectDashboard } from './client/connect-dashboard.js'
export type { Connection } from './client/ask-server.js'
export type { DashboardClient, PastPage, StreamMessage } from './client/dashboard-client.js'
export type {
  AccountView,
  Action,
  ActionAnswer,
  ActionPreview,
  ActionRequest,
  ActionResult,
  AnalyticsView,
  BookAction,
  BookListView,
  BookPlace,
  BookSummary,
  BookView,
  CandleRequest,
  CandlesView,
  CandleView,
  GroupPanel,
  HealthDetail,
  ModeBadge,
  OrderListView,
  OrderView,
  ProblemView,
  ReconciliationView,
  SettingsView,
  SideSummary,
  StreamMessages,
  SwitchAction,
  TimelineView,
  TrancheDetail,
  TrancheRow,
} from './api/index.js'
