import type { Analytics, DecimalText } from '@tranchebook/core'
import { sumKnown, sumOf } from './sum-amounts.js'

type Slice = Analytics<string>['pnl']['total']
type Amounts = Readonly<Record<string, DecimalText>>

function sumByAsset(all: readonly Amounts[]): Amounts {
  const assets = new Set(all.flatMap((amounts) => Object.keys(amounts)))
  return Object.fromEntries(
    [...assets].map((asset): [string, DecimalText] => [asset, sumOf(all.map((amounts) => amounts[asset] ?? '0'))]),
  )
}

function joined(slices: readonly Slice[]): Slice {
  return {
    key: 'older',
    side: null,
    realizedPnl: sumOf(slices.map(({ realizedPnl }) => realizedPnl)),
    unrealizedPnl: sumKnown(slices.map(({ unrealizedPnl }) => unrealizedPnl)),
    fees: sumKnown(slices.map(({ fees }) => fees)),
    funding: sumKnown(slices.map(({ funding }) => funding)),
    netPnl: sumKnown(slices.map(({ netPnl }) => netPnl)),
    totalPnl: sumKnown(slices.map(({ totalPnl }) => totalPnl)),
    feesByAsset: sumByAsset(slices.map(({ feesByAsset }) => feesByAsset)),
    fundingByAsset: sumByAsset(slices.map(({ fundingByAsset }) => fundingByAsset)),
    unknownFeeCount: slices.reduce((sum, { unknownFeeCount }) => sum + unknownFeeCount, 0),
    count: slices.reduce((sum, { count }) => sum + count, 0),
  }
}

/** The newest slices, and all that is older as one: the sum stays what it was. Slices come oldest first. */
export function joinOlder(slices: readonly Slice[], most: number): readonly Slice[] {
  if (slices.length <= most) return slices
  const older = slices.length - most + 1
  return [joined(slices.slice(0, older)), ...slices.slice(older)]
}
