import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStory } from '../../test/builders/story-builder.js'
import { LAW } from '../../test/law-runs.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { asPrice } from '../money/price.js'
import { analyze } from './analytics.js'
import { equityCurve } from './equity-curve.js'
import type { PnlSliceView } from './pnl-breakdown.js'
import { AS_TEXT } from './presentation.js'
import { historyOf } from './tranche-history.js'
import type { ViewPoint } from './tranche-view.js'

const price = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((cents) => asPrice(cents * 10n ** 10n))

function at(mark: ViewPoint['mark']): ViewPoint {
  return { mark, quoteAsset: 'USDT', prices: {}, takerFeePercent: parsePercent('0.05') }
}

type Amounts = Readonly<Record<string, string>>

function sumByAsset(
  slices: readonly PnlSliceView<string>[],
  pick: (slice: PnlSliceView<string>) => Amounts,
): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const slice of slices)
    for (const [asset, text] of Object.entries(pick(slice))) sums[asset] = (sums[asset] ?? 0n) + parseMoney(text)
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0n))
}

describe('every breakdown', () => {
  it('adds up to the same total: results, fees and funding', () => {
    fc.assert(
      fc.property(aStory, price, ({ events }, mark) => {
        const { pnl } = analyze(historyOf(events), { at: at(mark), now: 0, present: AS_TEXT })
        const { total } = pnl
        for (const slices of [pnl.byTranche, pnl.byEntry, pnl.byExitReason, pnl.byCycle]) {
          expect(slices.reduce((sum, slice) => sum + parseMoney(slice.realizedPnl), 0n)).toBe(
            parseMoney(total.realizedPnl),
          )
          expect(slices.reduce((sum, slice) => sum + parseMoney(slice.unrealizedPnl ?? 'unknown'), 0n)).toBe(
            parseMoney(total.unrealizedPnl ?? 'unknown'),
          )
          expect(sumByAsset(slices, ({ feesByAsset }) => feesByAsset)).toEqual(
            sumByAsset([total], ({ feesByAsset }) => feesByAsset),
          )
          expect(sumByAsset(slices, ({ fundingByAsset }) => fundingByAsset)).toEqual(
            sumByAsset([total], ({ fundingByAsset }) => fundingByAsset),
          )
          expect(slices.reduce((sum, slice) => sum + slice.unknownFeeCount, 0)).toBe(total.unknownFeeCount)
        }
      }),
      LAW,
    )
  })
})

describe('the total', () => {
  it('is what the book says, fees of orphans and funding without a tranche included', () => {
    fc.assert(
      fc.property(aStory, ({ book, events }) => {
        const { total } = analyze(historyOf(events), { at: at(null), now: 0, present: AS_TEXT }).pnl
        const { LONG, SHORT } = book.groups
        const sum = (...parts: readonly Readonly<Record<string, bigint>>[]): Record<string, bigint> => {
          const assets = new Set(parts.flatMap((part) => Object.keys(part)))
          const all = [...assets].map(
            (asset) => [asset, parts.reduce((s, part) => s + (part[asset] ?? 0n), 0n)] as const,
          )
          return Object.fromEntries(all.filter(([, amount]) => amount !== 0n))
        }
        expect(sumByAsset([total], ({ feesByAsset }) => feesByAsset)).toEqual(sum(LONG.fees, SHORT.fees))
        expect(sumByAsset([total], ({ fundingByAsset }) => fundingByAsset)).toEqual(
          sum(LONG.funding, SHORT.funding, book.unallocatedFunding),
        )
      }),
      LAW,
    )
  })
})

describe('the equity curve', () => {
  it('rises in time and ends where the book stands', () => {
    fc.assert(
      fc.property(aStory, ({ book, events }) => {
        const curve = equityCurve(events, { at: at(null), present: AS_TEXT })
        const last = curve.at(-1)
        for (const [index, { time }] of curve.entries()) expect(time).toBeGreaterThan(curve[index - 1]?.time ?? -1)
        if (last === undefined) return
        const { LONG, SHORT } = book.groups
        expect(parseMoney(last.realizedPnl)).toBe(LONG.realizedPnl + SHORT.realizedPnl)
        const isKnown = LONG.unknownFeeCount + SHORT.unknownFeeCount === 0
        const isPriced = [LONG, SHORT].every(({ fees }) => (fees['BNB'] ?? 0n) === 0n)
        if (isKnown && isPriced)
          expect(parseMoney(last.fees ?? 'unknown')).toBe((LONG.fees['USDT'] ?? 0n) + (SHORT.fees['USDT'] ?? 0n))
        else expect(last.fees).toBeNull()
        if (book.mark === null) return
        const { price: mark } = book.mark
        const worth = mark * LONG.quantity - LONG.cost + SHORT.cost - mark * SHORT.quantity
        expect(parseMoney(last.unrealizedPnl ?? 'unknown')).toBe(worth)
      }),
      LAW,
    )
  })
})
