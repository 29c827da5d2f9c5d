import type { Side } from '../book/tranche.js'
import type { Decimal } from '../money/decimal.js'
import { asMoney } from '../money/money.js'
import {
  joinSlices,
  type PnlSlice,
  slicesByEntry,
  slicesByExit,
  sliceOfTranche,
  slicesOfNoTranche,
  totalOf,
} from './pnl-slices.js'
import { presentAmounts } from './present-tranche.js'
import { orNull, type Presentation } from './presentation.js'
import type { TrancheHistory } from './tranche-record.js'
import type { ViewPoint } from './tranche-view.js'
import { netOf, valueInQuote } from './valuation.js'

/** A part of all results, quote; `null` = unknown or unpriced, never 0. */
export interface PnlSliceView<Figure = Decimal> {
  readonly key: string
  /** `null` = both, or it does not matter. */
  readonly side: Side | null
  readonly realizedPnl: Figure
  readonly unrealizedPnl: Figure | null
  readonly fees: Figure | null
  readonly funding: Figure | null
  /** Realized − fees + funding. */
  readonly netPnl: Figure | null
  /** `netPnl` + unrealized. */
  readonly totalPnl: Figure | null
  readonly feesByAsset: Readonly<Record<string, Figure>>
  readonly fundingByAsset: Readonly<Record<string, Figure>>
  readonly unknownFeeCount: number
  readonly count: number
}

/**
 * The same results cut four ways; each way sums to `total`. What belongs to no tranche is a slice of its own with the key `noTranche`:
 * fees of closes that found nothing to close, and funding that came while nothing was open.
 */
export interface PnlBreakdown<Figure = Decimal> {
  readonly total: PnlSliceView<Figure>
  readonly byTranche: readonly PnlSliceView<Figure>[]
  /** By entry fill. */
  readonly byEntry: readonly PnlSliceView<Figure>[]
  /** By the reason of the exit; `open` is what has not left. */
  readonly byExitReason: readonly PnlSliceView<Figure>[]
  /** From flat to flat, per side: `LONG 1`, `LONG 2`, … */
  readonly byCycle: readonly PnlSliceView<Figure>[]
}

function presentSlice<Figure>(slice: PnlSlice, at: ViewPoint, present: Presentation<Figure>): PnlSliceView<Figure> {
  const { realizedPnl, unrealizedPnl, unknownFeeCount } = slice
  const fees = unknownFeeCount > 0 ? null : valueInQuote(slice.fees, at)
  const funding = valueInQuote(slice.funding, at)
  const net = netOf(realizedPnl, fees, funding)
  const total = net === null || unrealizedPnl === null ? null : asMoney(net + unrealizedPnl)
  return {
    key: slice.key,
    side: slice.side,
    realizedPnl: present.money(realizedPnl),
    unrealizedPnl: orNull(unrealizedPnl, present.money),
    fees: orNull(fees, present.money),
    funding: orNull(funding, present.money),
    netPnl: orNull(net, present.money),
    totalPnl: orNull(total, present.money),
    feesByAsset: presentAmounts(slice.fees, present),
    fundingByAsset: presentAmounts(slice.funding, present),
    unknownFeeCount,
    count: slice.count,
  }
}

/** Where the money came from and went: by tranche, by entry, by exit, by cycle. */
export function breakDownPnl<Figure>(
  history: TrancheHistory,
  at: ViewPoint,
  present: Presentation<Figure>,
): PnlBreakdown<Figure> {
  const records = [...history.tranches.values()].filter(({ status }) => status !== 'merged')
  const outside = slicesOfNoTranche(history)
  const show = (slices: readonly PnlSlice[]): readonly PnlSliceView<Figure>[] =>
    [...joinSlices(slices), ...outside].map((slice) => presentSlice(slice, at, present))
  const byTranche = records.map((record) => sliceOfTranche(record, at, record.id))
  const byExit = records.flatMap((record) => slicesByExit(record, at))
  return {
    total: presentSlice(totalOf([...byTranche, ...outside]), at, present),
    byTranche: show(byTranche),
    byEntry: show(records.flatMap((record) => slicesByEntry(record, at))),
    byExitReason: show(byExit),
    byCycle: show(records.map((record) => sliceOfTranche(record, at, `${record.side} ${record.cycle}`))),
  }
}
