import type { Evidence, Origin, Side, StopRung } from '../book/tranche.js'
import type { Decimal } from '../money/decimal.js'
import type { Percent } from '../money/percent.js'
import type { Price } from '../money/price.js'
import type { TrancheStatus } from './tranche-record.js'
import type { Valuation } from './valuation.js'

/** What figures are looked at with. */
export interface ViewPoint extends Valuation {
  /** `null` = unknown: whatever depends on it is `null` too. */
  readonly mark: Price | null
  /** Fee of an exit, percent of its notional, for breakeven. */
  readonly takerFeePercent: Percent
}

/** A part that was closed. `fee` and `entryFee` are `null` while unknown; `entryFee` also where its asset is unpriced. */
export interface ReductionView<Figure = Decimal> {
  readonly quantity: Figure
  readonly price: Figure
  /** Gross, quote, against the tranche's own entry. */
  readonly realizedPnl: Figure
  /** In `feeAsset`, positive = paid. */
  readonly fee: Figure | null
  /** Entry fees of this part, in quote. */
  readonly entryFee: Figure | null
  readonly time: number
  readonly tradeId: string | null
  readonly reason: string
  readonly feeAsset: string | null
  readonly entryFeesByAsset: Readonly<Record<string, Figure>>
  readonly evidence: Evidence
  /** Price it was booked at before a fill proved it; `null` = it never was an estimate. */
  readonly estimatedPrice: Figure | null
  /** The venue's average-cost result less `realizedPnl`; `null` = not told. */
  readonly bridge: Figure | null
}

/** One level of scaled take profit. */
export interface LevelView<Figure = Decimal> {
  readonly level: number
  readonly price: Figure
  readonly profitPercent: Figure
  /** What it closes; 0 = skipped as too small. */
  readonly quantity: Figure
  readonly filled: Figure
  readonly hitTime: number | null
}

/** A tranche as people and programs see it, open or closed. `null` = unknown or none, never 0. */
export interface TrancheView<Figure = Decimal> {
  readonly id: string
  readonly label: string | null
  readonly status: TrancheStatus
  readonly isolated: boolean
  readonly entryPrice: Figure
  readonly quantity: Figure
  readonly originalQuantity: Figure
  readonly entryTime: number
  readonly takeProfitPrice: Figure | null
  readonly stopLossPrice: Figure | null
  /** Gross, quote. */
  readonly realizedPnl: Figure
  readonly unrealizedPnl: Figure | null
  /** In quote, positive = paid; `null` where one is unknown or unpriced. */
  readonly fees: Figure | null
  /** In quote, positive = received. */
  readonly funding: Figure | null
  /** Average; `null` until it is closed. */
  readonly exitPrice: Figure | null
  readonly exitTime: number | null
  readonly reductions: readonly ReductionView<Figure>[]
  readonly side: Side
  readonly origin: Origin
  readonly notes: readonly string[]
  /** Realized − fees + funding, quote. */
  readonly netPnl: Figure | null
  /** Price move on the entry at the mark; once closed, realized in percent of its cost. Never multiplied by leverage. */
  readonly pnlPercent: Figure | null
  readonly leverage: number
  /** Cost of what is open ÷ leverage, quote. */
  readonly margin: Figure
  /** Unrealized in percent of `margin`. */
  readonly roePercent: Figure | null
  readonly stopRung: StopRung
  readonly takeProfitLevels: readonly LevelView<Figure>[]
  readonly isolatedTime: number | null
  readonly isolatedPrice: Figure | null
  readonly highestMark: Figure | null
  readonly lowestMark: Figure | null
  /** The mark that was best for it in its own life, as a move on its entry. */
  readonly bestExcursionPercent: Figure | null
  readonly worstExcursionPercent: Figure | null
  readonly feesByAsset: Readonly<Record<string, Figure>>
  readonly fundingByAsset: Readonly<Record<string, Figure>>
  readonly unknownFeeCount: number
  readonly evidence: Evidence
  readonly priceEstimated: boolean
  readonly exitReason: string | null
  readonly mergedInto: string | null
}
