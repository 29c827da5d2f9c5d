export { TrancheManager } from './tranche-manager.js'
export type { WrittenOptions } from './account/symbol-roster.js'
export type { ManagerOptions, StopOptions } from './manager-options.js'
export type { ManagerEvents, Recorded, RefusedInput } from './manager-events.js'
export type {
  AddRequest,
  AdvisedSize,
  CloseRequest,
  OpenRequest,
  SelectedPart,
  SelectRequest,
  SizeAdviceRequest,
  SymbolRequest,
  TrancheRequest,
} from './manager-requests.js'
export type { CommandAnswer } from './command-answer.js'
export type { Decided } from './book/mailbox.js'
export { ManagerError } from './manager-error.js'
export type { Health, HealthReason, HealthStatus } from './report/health.js'
export { silentLogger, type LogFacts, type Logger } from './report/logger.js'
export { exposeMetrics } from './report/expose-metrics.js'
export type { ManagerGauges } from './report/gauges.js'
export type { ManagerMetrics } from './report/metrics.js'
export type { ReconcileReport } from './reconcile/reconciler.js'
export type { WalletBalance } from './read/account-notes.js'
export type { UnprotectedSide } from './book/book-standing.js'
export type { AccountState, UnknownOrder } from './read/account-state.js'
export type { EquityCheck } from './read/equity-watch.js'
export type { BookRecovery, Recovery } from './read/recovery.js'
export type { BookReading, MarketReading, MarkReading } from './read/book-reading.js'
export type { PositionProtection, RestingStop } from './repair/judge-position.js'
export { adopt, protect, reconcile, rollBackAdoption, takeOver } from './repair/repair-account.js'
export type { RepairRequest } from './repair/repair-live.js'
export type { RepairResult, RepairStep } from './repair/repair-result.js'
export type { Finding, FindingLevel, RepairScope, RepairSetup } from './repair/repair-setup.js'
export { type ProtectionReport, verifyProtection } from './repair/verify-protection.js'
export { doctor, type DoctorReport, type DoctorRequest } from './repair/doctor.js'
