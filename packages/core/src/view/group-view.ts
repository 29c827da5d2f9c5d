import type { SyncStatus } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import type { Decimal } from '../money/decimal.js'
import type { TrancheView } from './tranche-view.js'

/** Why the venue shows another realized figure than the tranches do. */
export interface BridgeView<Figure = Decimal> {
  /** Gross by each tranche's own entry; in one-way mode of both sides, since the venue has one position for both. */
  readonly own: Figure
  /** What average cost realizes for the same fills. */
  readonly averageCost: Figure
  /** averageCost − own: it sits in the open tranches, and is 0 when flat. */
  readonly difference: Figure
  /** What the venue itself reported, summed; `null` once a fill came without it. */
  readonly reported: Figure | null
  /**
   * reported − averageCost: the venue's rounding; where the position began before the first fill we know, also what the venue realized
   * on closes whose entry nobody here has seen. `null` with `reported`.
   */
  readonly unexplained: Figure | null
}

/** A group and its tranches at a mark. Money is quote; `null` = unknown or unpriced, never 0. */
export interface GroupView<Figure = Decimal> {
  readonly side: Side
  readonly quantity: Figure
  /** `null` when nothing is open. */
  readonly weightedAverageEntry: Figure | null
  /** Gross, over the book's life. */
  readonly realizedPnl: Figure
  readonly unrealizedPnl: Figure | null
  /** Positive = paid. */
  readonly fees: Figure | null
  /** Positive = received. */
  readonly funding: Figure | null
  /** Realized − fees + funding. */
  readonly netPnl: Figure | null
  readonly syncStatus: SyncStatus
  readonly tranches: readonly TrancheView<Figure>[]
  /** `netPnl` + unrealized: what would be left if all closed at the mark without a further fee. */
  readonly totalPnl: Figure | null
  readonly cost: Figure
  readonly mark: Figure | null
  /** Cost ÷ leverage, tranche by tranche. */
  readonly margin: Figure
  /** Unrealized in percent of the cost: the price move, never multiplied by leverage. */
  readonly pnlPercent: Figure | null
  /** Unrealized in percent of `margin`, the margin at entry. */
  readonly roePercent: Figure | null
  /** Unrealized in percent of the margin at the mark, as venues show it. */
  readonly roeAtMarkPercent: Figure | null
  /** Exit price that earns back the entry fees of what is open and pays the exit fee. */
  readonly breakevenPrice: Figure | null
  readonly bridge: BridgeView<Figure>
  readonly activeTranches: number
  readonly isolatedTranches: number
  readonly feesByAsset: Readonly<Record<string, Figure>>
  readonly fundingByAsset: Readonly<Record<string, Figure>>
  readonly unknownFeeCount: number
  /** True once a close showed that the position began before our first fill. */
  readonly hasUnknownStart: boolean
  /** Closing fills that found nothing to close. */
  readonly unmatched: readonly { readonly tradeId: string; readonly quantity: Figure; readonly isOrphan: boolean }[]
}
