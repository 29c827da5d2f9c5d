import type { AccountView } from '../api/account-view.js'
import type { Action, ActionAnswer, ActionPreview, ActionRequest } from '../api/action.js'
import type { AnalyticsView } from '../api/analytics-view.js'
import type { BookListView } from '../api/book-list.js'
import type { BookView } from '../api/book-view.js'
import type { CandlesView } from '../api/candle-view.js'
import type { HealthDetail } from '../api/health-detail.js'
import type { OrderListView } from '../api/order-view.js'
import type { BookPlace } from '../api/paths.js'
import type { ReconciliationView } from '../api/reconciliation-view.js'
import type { SettingsView } from '../api/settings-view.js'
import type { StreamMessages } from '../api/stream-message.js'
import type { TimelineView } from '../api/timeline-view.js'
import type { TrancheDetail } from '../api/tranche-detail.js'

/** One message of the stream. The position of an `event` is where to go on from. */
export type StreamMessage = {
  readonly [Name in keyof StreamMessages]: { readonly type: Name; readonly data: StreamMessages[Name] }
}[keyof StreamMessages]

/** Which part of a book's past, newest first. */
export interface PastPage {
  readonly before?: number
  readonly limit?: number
}

/** A running dashboard, asked by a program. Every call throws {@link DashboardError} with the code the server gave, or `dashboard.unreachable`. */
export interface DashboardClient {
  state(): Promise<AccountView>
  books(): Promise<BookListView>
  /** A book now, or as it was at a version. */
  book(book: BookPlace, version?: number): Promise<BookView>
  /** By id or label. */
  tranche(book: BookPlace, tranche: string): Promise<TrancheDetail>
  timeline(book: BookPlace, page?: PastPage): Promise<TimelineView>
  orders(book: BookPlace, version?: number): Promise<OrderListView>
  reconciliation(book: BookPlace, version?: number): Promise<ReconciliationView>
  analytics(book: BookPlace, version?: number): Promise<AnalyticsView>
  candles(book: BookPlace, intervalMs: number): Promise<CandlesView>
  settings(book: BookPlace, version?: number): Promise<SettingsView>
  health(): Promise<HealthDetail>
  /** What an action would do. Nothing happens. */
  preview(action: Action): Promise<ActionPreview>
  /** Does what was previewed. */
  act(request: ActionRequest): Promise<ActionAnswer>
  /** An address that opens the page once. */
  createLink(): Promise<string>
  /** Everything recorded after a position (`null` = from now on), then what comes; it goes on by itself after a break, and ends with the signal. */
  stream(after: string | null, signal: AbortSignal): AsyncGenerator<StreamMessage, void, undefined>
}
