import type { DecimalText, Evidence, PositionSide, Side, SyncStatus } from '@tranchebook/core'

/** One position of the venue beside what we hold. Signed for `BOTH`, positive otherwise. */
export interface PositionComparison {
  readonly positionSide: PositionSide
  readonly ours: {
    readonly quantity: DecimalText
    /** By average cost, as venues account. */
    readonly averagePrice: DecimalText | null
    /** Quote, by average cost over all our fills. */
    readonly realizedPnl: DecimalText
  }
  /** `null` = never asked. */
  readonly venue: {
    readonly quantity: DecimalText
    readonly entryPrice: DecimalText | null
    readonly markPrice: DecimalText | null
    /** Σ of what the venue reported with its fills; `null` = one came without. */
    readonly realizedPnl: DecimalText | null
    readonly time: number
  } | null
  readonly status: SyncStatus
  /** The venue's figure less ours. */
  readonly difference: DecimalText | null
  readonly driftSince: number | null
  readonly looks: number
}

/** What a comparison or a difference was recorded as. */
export interface CheckEntry {
  readonly version: number
  readonly time: number
  readonly type: 'PositionChecked' | 'DriftDetected' | 'DriftResolved' | 'ConflictDetected' | 'ConflictResolved'
  readonly sentence: string
  readonly why: string | null
}

/** A booking that no fill proves. */
export interface SyntheticBooking {
  readonly kind: 'entry' | 'exit'
  readonly side: Side
  readonly tranche: string
  readonly quantity: DecimalText
  readonly price: DecimalText
  readonly time: number
  readonly evidence: Evidence
}

/** Orders of ours that rest, by the venue's id space. */
export interface OrderSpace {
  readonly space: 'orders' | 'conditional'
  readonly ours: number
  /** Of which the outcome is not known. */
  readonly unknown: number
}

/** The newest complete comparison of the account. */
export interface LastComparison {
  readonly cause: string
  readonly time: number
  readonly symbols: number
  /** Orders the venue listed. */
  readonly openOrders: number
  readonly lookedUp: number
  readonly straysCancelled: readonly string[]
  /** Symbols that differed. */
  readonly differing: readonly string[]
}

/** wallet − baseline = Σ (realized − fees + funding), per account and at average cost as venues account; `null` = not known. */
export interface EquityIdentity {
  readonly wallet: DecimalText | null
  readonly asset: string
  /** Σ (realized − fees + funding) over all books. */
  readonly booked: DecimalText | null
  readonly unrealized: DecimalText | null
  readonly equity: DecimalText | null
  /** Change of the wallet since the baseline less what the books say; `null` = not checked yet, or the venue does not tell. */
  readonly difference: DecimalText | null
  /** True once a difference above the tolerance came twice in a row. */
  readonly isAlarm: boolean
  /** Of the wallet that was compared, epoch ms. */
  readonly checkedTime: number | null
  /** When the baseline was taken: at the start, and after each gap of the account stream. */
  readonly baselineTime: number | null
}

/** Ours beside the venue's. */
export interface ReconciliationView {
  readonly account: string
  readonly symbol: string
  readonly version: number
  readonly positions: readonly PositionComparison[]
  readonly orders: readonly OrderSpace[]
  readonly conflict: string | null
  /** Newest first. */
  readonly checks: readonly CheckEntry[]
  /** Newest first. */
  readonly synthetic: readonly SyntheticBooking[]
  /** Closing fills that found nothing to close. */
  readonly unmatched: readonly {
    readonly side: Side
    readonly tradeId: string
    readonly quantity: DecimalText
    readonly isOrphan: boolean
  }[]
  /** `null` = there was none yet, or the past is looked at. */
  readonly lastComparison: LastComparison | null
  /** `null` = the past is looked at: what the wallet held is not in the log. */
  readonly equity: EquityIdentity | null
}
