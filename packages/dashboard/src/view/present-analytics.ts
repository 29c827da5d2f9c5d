import { type Analytics, analyze, AS_TEXT, type EquityPoint, formatPrice, type ViewPoint } from '@tranchebook/core'
import { type AnalyticsView, CURVE_POINTS, SLICES_SHOWN } from '../api/analytics-view.js'
import { joinOlder } from './join-older.js'
import type { Looking } from './looking.js'
import { thinCurve } from './thin-curve.js'

function shorten({ pnl, isolation, excursions, ...rest }: Analytics<string>): Analytics<string> {
  const { byTranche, byEntry, byCycle } = pnl
  return {
    ...rest,
    pnl: {
      ...pnl,
      byTranche: joinOlder(byTranche, SLICES_SHOWN),
      byEntry: joinOlder(byEntry, SLICES_SHOWN),
      byCycle: joinOlder(byCycle, SLICES_SHOWN),
    },
    isolation: { ...isolation, isolations: isolation.isolations.slice(-SLICES_SHOWN) },
    excursions: excursions.slice(-SLICES_SHOWN),
  }
}

/** What assets are worth where a book is looked at. */
export function valuationOf({ instrument, prices }: Looking): Pick<ViewPoint, 'quoteAsset' | 'prices'> {
  return { quoteAsset: instrument.quoteAsset, prices }
}

/** Results of a book, cut every way, with the curve of its log up to the version looked at. */
export function presentAnalytics(looking: Looking, curve: readonly EquityPoint<string>[]): AnalyticsView {
  const { fold, config, mark, now } = looking
  const { account, symbol, version } = fold.book
  const at = { ...valuationOf(looking), mark, takerFeePercent: config.takerFeePercent }
  return {
    account,
    symbol,
    version,
    quoteAsset: at.quoteAsset,
    mark: mark === null ? null : formatPrice(mark),
    ...shorten(analyze(fold.history, { at, now, present: AS_TEXT })),
    equityCurve: thinCurve(curve, CURVE_POINTS),
  }
}
