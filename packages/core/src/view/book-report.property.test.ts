import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStory } from '../../test/builders/story-builder.js'
import { LAW } from '../../test/law-runs.js'
import type { TrancheBook } from '../book/book.js'
import { asMoney, parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { type BookReport, reportBook } from './book-report.js'
import { historyOf } from './tranche-history.js'

const price = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((cents) => asPrice(cents * 10n ** 10n))

function reportAt(
  { book, events }: { book: TrancheBook; events: Parameters<typeof historyOf>[0] },
  mark: Price | null,
): BookReport {
  const at = {
    mark,
    quoteAsset: 'USDT',
    prices: { BNB: asPrice(600n * 10n ** 12n) },
    takerFeePercent: parsePercent('0.05'),
  }
  return reportBook(book, { history: historyOf(events), stateHash: '', at })
}

function sum(texts: readonly string[]): bigint {
  return texts.reduce((total, text) => total + parseMoney(text), 0n)
}

describe('a report', () => {
  it('adds up: the tranches are the group', () => {
    fc.assert(
      fc.property(aStory, price, (story, mark) => {
        for (const group of reportAt(story, mark).groups) {
          const { tranches } = group
          expect(tranches.reduce((total, { quantity }) => total + parseQuantity(quantity), 0n)).toBe(
            parseQuantity(group.quantity),
          )
          expect(sum(tranches.map(({ realizedPnl }) => realizedPnl))).toBe(parseMoney(group.realizedPnl))
          expect(sum(tranches.map(({ unrealizedPnl }) => unrealizedPnl ?? 'unknown'))).toBe(
            parseMoney(group.unrealizedPnl ?? 'unknown'),
          )
          expect(group.activeTranches + group.isolatedTranches).toBe(
            tranches.filter(({ status }) => status === 'active').length,
          )
          for (const { reductions, realizedPnl } of tranches)
            expect(sum(reductions.map((reduction) => reduction.realizedPnl))).toBe(parseMoney(realizedPnl))
          if (group.fees !== null && group.funding !== null && group.netPnl !== null)
            expect(parseMoney(group.netPnl)).toBe(
              parseMoney(group.realizedPnl) - parseMoney(group.fees) + parseMoney(group.funding),
            )
          else expect(group.netPnl).toBeNull()
        }
      }),
      LAW,
    )
  })

  it('and the venue at average cost agree on realized + unrealized at any mark', () => {
    fc.assert(
      fc.property(aStory, price, (story, mark) => {
        for (const { side, bridge, unrealizedPnl } of reportAt(story, mark).groups) {
          const { realizedPnl, quantity, cost } = story.book.averageCost[side]
          const venue = asMoney(realizedPnl + mark * quantity - cost)
          const ours = parseMoney(bridge.own) + parseMoney(unrealizedPnl ?? 'unknown')
          expect(ours).toBe(venue)
          expect(parseMoney(bridge.difference)).toBe(realizedPnl - parseMoney(bridge.own))
        }
      }),
      LAW,
    )
  })

  it('is JSON without exponents, and null for all that hangs on an unknown mark', () => {
    fc.assert(
      fc.property(aStory, (story) => {
        const report = reportAt(story, null)
        expect(JSON.parse(JSON.stringify(report))).toEqual(report)
        for (const group of report.groups) {
          expect(group.unrealizedPnl).toBe(group.quantity === '0' ? '0' : null)
          for (const { unrealizedPnl, quantity } of group.tranches)
            expect(unrealizedPnl).toBe(quantity === '0' ? '0' : null)
        }
        expect(JSON.stringify(report)).not.toMatch(/\d[eE][+-]?\d/)
      }),
      LAW,
    )
  })
})
