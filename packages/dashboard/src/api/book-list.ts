import type { DecimalText, PauseKind, PositionPhase, Side, SyncStatus } from '@tranchebook/core'

/** One side of a book in a few figures. Decimals are text; `null` = unknown. */
export interface SideSummary {
  readonly side: Side
  /** Base, never negative. */
  readonly quantity: DecimalText
  readonly weightedAverageEntry: DecimalText | null
  /** Quote. */
  readonly unrealizedPnl: DecimalText | null
  readonly pnlPercent: DecimalText | null
  readonly realizedPnl: DecimalText
  readonly netPnl: DecimalText | null
  readonly activeTranches: number
  readonly isolatedTranches: number
  readonly phase: PositionPhase
  readonly protected: boolean
  readonly uncovered: readonly { readonly tranche: string; readonly quantity: DecimalText }[]
  readonly syncStatus: SyncStatus
}

/** Why a book wants to be looked at, worst first. */
export type AttentionReason = 'halted' | 'unprotected' | 'unknownOrder' | 'conflict' | 'drift' | 'isolated' | 'paused'

/** One book of the left rail. */
export interface BookSummary {
  readonly account: string
  readonly symbol: string
  readonly version: number
  readonly quoteAsset: string
  /** Decimals of the instrument's tick and step; `null` = unknown, show figures as they are. */
  readonly priceDecimals: number | null
  readonly quantityDecimals: number | null
  readonly mark: DecimalText | null
  readonly markTime: number | null
  /** Sides that something ever happened on, LONG first. */
  readonly sides: readonly SideSummary[]
  /** Quote, both sides. */
  readonly realizedPnl: DecimalText
  readonly unrealizedPnl: DecimalText | null
  readonly netPnl: DecimalText | null
  /** Quote, both sides at the mark; `null` = the mark is unknown. */
  readonly notional: DecimalText | null
  readonly unprotectedSince: number | null
  readonly unknownOrders: number
  readonly pauses: readonly PauseKind[]
  readonly conflict: string | null
  readonly attention: readonly AttentionReason[]
  /** Time of the newest event, epoch ms. */
  readonly time: number
}

/** All books, those that want attention first, then by size. */
export interface BookListView {
  readonly books: readonly BookSummary[]
  readonly position: string
  readonly time: number
}
