import { analyze, AS_TEXT, type BookEvent, equityCurve, formatPrice } from '@tranchebook/core'
import { type AnalyticsView, CURVE_POINTS } from '../api/analytics-view.js'
import type { Looking } from './looking.js'
import { thinCurve } from './thin-curve.js'

/** Results of a book, cut every way. `events` is its log from the beginning to the version looked at. */
export function presentAnalytics(looking: Looking, events: Iterable<BookEvent>): AnalyticsView {
  const { fold, instrument, config, mark, prices, now } = looking
  const { account, symbol, version } = fold.book
  const { quoteAsset } = instrument
  const at = { mark, prices, quoteAsset, takerFeePercent: config.takerFeePercent }
  return {
    account,
    symbol,
    version,
    quoteAsset,
    mark: mark === null ? null : formatPrice(mark),
    ...analyze(fold.history, { at, now, present: AS_TEXT }),
    equityCurve: thinCurve(equityCurve(events, { at, present: AS_TEXT }), CURVE_POINTS),
  }
}
