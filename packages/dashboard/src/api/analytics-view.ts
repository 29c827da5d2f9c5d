import type { Analytics, EquityPoint } from '@tranchebook/core'

/**
 * Results of a book, cut every way; see the core's `analyze`. Decimals are text. Of lists by tranche and by entry the newest
 * {@link SLICES_SHOWN} are told; what is older is one slice with the key `older`, so that each cut still adds up.
 */
export interface AnalyticsView extends Analytics<string> {
  readonly account: string
  readonly symbol: string
  readonly version: number
  readonly quoteAsset: string
  readonly mark: string | null
  /** At most {@link CURVE_POINTS}, in rising time; extremes are kept where points are left out. */
  readonly equityCurve: readonly EquityPoint<string>[]
}

/** Slices, isolations and excursions of one list. */
export const SLICES_SHOWN = 200

/** Points that an equity curve is thinned out to. */
export const CURVE_POINTS = 2000
