import type { Because } from '../book/because.js'
import type { Tranche } from '../book/tranche.js'
import { formatPercent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { holdingOf } from '../policy/isolation.js'
import { pnlPercentAt } from '../policy/pnl.js'

/** What a decision saw of a tranche: the mark, and its gain or loss there. */
export function observedAt(tranche: Tranche, mark: Price): NonNullable<Because['observed']> {
  return { mark: formatPrice(mark), pnlPercent: formatPercent(pnlPercentAt(holdingOf(tranche), mark)) }
}
