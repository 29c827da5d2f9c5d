import type { FillLine } from '../lines/input-line.js'
import { add, downTo, multiply, quotient, ratio, type Ratio, toText, ZERO } from '../exact/ratio.js'
import type { DriftMove, FeeMove } from './moves.js'

const DECIMALS = 12

/** The fee of a fill as a venue would report it: 0.045 % of its value, a rebate, in another asset, nothing, or not at all. */
export function feeOf(fee: FeeMove, value: Ratio, quoteAsset: string): Pick<FillLine, 'fee' | 'feeAsset'> {
  if (fee === 'unknown') return {}
  if (fee === 'zero') return { fee: '0', feeAsset: quoteAsset }
  if (fee === 'other') return { fee: '0.00012345', feeAsset: 'BNB' }
  const rate = ratio(fee === 'rebate' ? -5n : 45n, 100_000n)
  return { fee: toText(multiply(value, rate), DECIMALS), feeAsset: quoteAsset }
}

/** What a position report says of an open quantity. */
export function drifted(open: Ratio, drift: DriftMove, step: Ratio): Ratio {
  if (drift === 'flat') return ZERO
  if (drift === 'more') return add(open, multiply(step, ratio(7n)))
  if (drift === 'less') return downTo(quotient(open, ratio(2n)), step)
  if (drift === 'withinTolerance') return downTo(multiply(open, ratio(1005n, 1000n)), step)
  return open
}
