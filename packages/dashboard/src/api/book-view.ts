import type {
  BookEvent,
  Change,
  DecimalText,
  LiveGroupView,
  PauseKind,
  PositionMode,
  TakeProfitStatus,
  TrancheView,
} from '@tranchebook/core'
import type { WorkingOrderView } from './order-view.js'

/** A tranche as a row of the table and a column of the ladder. */
export interface TrancheRow extends TrancheView<string> {
  readonly takeProfit: TakeProfitStatus<string>
  /** Whether stops at the venue cover it; `null` = nothing of it is open, it has no stop on purpose, or nobody runs who would protect it. */
  readonly isProtected: boolean | null
  /** Base, of what is open; what no stop covers. */
  readonly uncovered: DecimalText | null
  /** What it waits for, in words; `null` = nothing in particular. */
  readonly waitsFor: string | null
  /** Price at which that happens, where it is a price. */
  readonly waitsForPrice: DecimalText | null
  /** Orders of ours that stand for it now. */
  readonly orders: readonly string[]
  /** The latest time anything happened to it, epoch ms. */
  readonly changedTime: number
}

/** One side of a book, its open tranches in the order they opened. */
export interface GroupPanel extends Omit<LiveGroupView<string>, 'tranches'> {
  readonly tranches: readonly TrancheRow[]
}

/** Closed tranches that ended on one UTC day, newest first. */
export interface ClosedDay {
  /** `2026-01-05` */
  readonly day: string
  /** How many ended on it. */
  readonly count: number
  /** Gross, quote. */
  readonly realizedPnl: DecimalText
  readonly netPnl: DecimalText | null
  readonly tranches: readonly TrancheRow[]
}

/** How the looked-at version came about. */
export interface VersionStep {
  readonly event: BookEvent
  readonly sentence: string
  readonly why: string | null
  /** What became different from the version before. */
  readonly changes: readonly Change[]
}

/** Everything the page shows of one book, now or as it was at a version. Decimals are text; `null` = unknown. */
export interface BookView {
  readonly account: string
  readonly symbol: string
  /** Version that is shown. */
  readonly version: number
  readonly newestVersion: number
  /** True where an older version than the newest was asked for. */
  readonly isPast: boolean
  /** Newest event of the whole log that is in it. */
  readonly position: string
  /** Time of the newest event shown, epoch ms. */
  readonly time: number
  readonly positionMode: PositionMode
  readonly quoteAsset: string
  readonly baseAsset: string
  readonly priceDecimals: number | null
  readonly quantityDecimals: number | null
  readonly tickSize: DecimalText | null
  readonly stepSize: DecimalText | null
  readonly mark: DecimalText | null
  readonly markTime: number | null
  readonly conflict: string | null
  readonly pauses: readonly PauseKind[]
  readonly unprotectedSince: number | null
  /** The closing rule in force, the protection, and the ladder, for captions. */
  readonly rules: { readonly closingStrategy: string; readonly protection: string; readonly stopLadder: string }
  /** Sides that something ever happened on, LONG first. */
  readonly groups: readonly GroupPanel[]
  /** Newest day first; at most {@link CLOSED_SHOWN} tranches in all, `closedCount` counts them all. */
  readonly closedDays: readonly ClosedDay[]
  readonly closedCount: number
  readonly orders: readonly WorkingOrderView[]
  /** `null` where no version was asked for. */
  readonly step: VersionStep | null
}

/** Closed tranches that a book shows; exports have all. */
export const CLOSED_SHOWN = 100
