import {
  canonicalJson,
  formatPrice,
  formatQuantity,
  asPrice,
  type RanBook,
  replay as fold,
  stateHash,
  type TrancheBook,
} from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { configs } from '../src/arbitraries/configs.js'
import { shuffledFar, shuffledWithin, withDuplicates } from '../src/arbitraries/disturbances.js'
import { fillFeeds } from '../src/arbitraries/fill-feeds.js'
import { histories } from '../src/arbitraries/histories.js'
import { instruments } from '../src/arbitraries/instruments.js'
import { checkHistories } from '../src/laws/check-histories.js'
import { checkLog } from '../src/laws/check-log.js'
import { checkReplay } from '../src/laws/check-replay.js'
import { isSame, resultsAt } from './results.js'
import { runLines } from './run-lines.js'
import { inVenueOrder } from './watched-book.js'

const RULES = ['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA']

function netOf(book: TrancheBook): bigint {
  return book.groups.LONG.quantity - book.groups.SHORT.quantity
}

function expectSameState(found: RanBook, expected: RanBook): void {
  expect(JSON.parse(canonicalJson(found.book))).toEqual(JSON.parse(canonicalJson(expected.book)))
  expect(stateHash(found.book)).toBe(stateHash(expected.book))
}

describe('laws of the book', () => {
  it('keeps every log lawful and every way to fold it the same', () => {
    checkHistories(
      histories(),
      (life) => {
        const { events, book } = runLines(life.inputs, life)
        if (events.length === 0) return
        checkLog(events)
        checkReplay(events)
        expect(canonicalJson(fold(events))).toBe(canonicalJson(book))
      },
      { name: 'lawful-log' },
    )
  })

  it.each(RULES)('realized + unrealized by %s equals average cost at any mark', (closingStrategy) => {
    const marks = fc.bigInt({ min: 1n, max: 10n ** 18n }).map((units) => formatPrice(asPrice(units)))
    const config = configs({ fixed: { closingStrategy } })
    const lives = fc.tuple(histories({ config }), marks).map(([history, mark]) => ({ ...history, mark }))
    checkHistories(
      lives,
      (life) => {
        const { lots, averageCost } = resultsAt(runLines(life.inputs, life).book, life.mark)
        expect(isSame(lots, averageCost)).toBe(true)
      },
      { name: `average-cost-${closingStrategy}` },
    )
  })

  it('gives every closing rule the same quantity and the same result at a mark', () => {
    checkHistories(
      histories({ positions: false }),
      ({ market, config, inputs }) => {
        const results = RULES.map((closingStrategy) => {
          const file = { ...config, defaults: { ...config.defaults, closingStrategy } }
          const { book } = runLines(inputs, { market, config: file })
          return { quantity: netOf(book), result: resultsAt(book, '50000').lots }
        })
        for (const { quantity, result } of results) {
          expect(quantity).toBe(results[0]!.quantity)
          expect(isSame(result, results[0]!.result)).toBe(true)
        }
      },
      { name: 'rules-agree' },
    )
  })

  it('books what it is told twice once', () => {
    const lives = histories().chain((history) => {
      const once = inVenueOrder(history.inputs)
      return withDuplicates(once).map((inputs) => ({ ...history, inputs, once }))
    })
    checkHistories(
      lives,
      (life) => {
        expectSameState(runLines(life.inputs, life), runLines(life.once, life))
        const whole = life.once.filter(({ type }) => type === 'fill' || type === 'funding')
        if (whole.length === 0) return
        expectSameState(runLines([...whole, ...whole], life), runLines(whole, life))
      },
      { name: 'told-twice' },
    )
  })

  it('ends in the same state whatever the order of arrival within the window', () => {
    const lives = histories().chain((history) => {
      const ordered = inVenueOrder(history.inputs)
      return shuffledWithin(ordered, 250).map((inputs) => ({ ...history, inputs, ordered }))
    })
    checkHistories(lives, (life) => expectSameState(runLines(life.inputs, life), runLines(life.ordered, life)), {
      name: 'any-order-within-window',
    })
  })

  it('keeps quantity and result whatever comes late', () => {
    const lives = fc
      .record({ market: instruments(), config: configs() })
      .chain(({ market, config }) =>
        fillFeeds({ market, positionMode: config.positionMode }).chain((ordered) =>
          shuffledFar(ordered).map((inputs) => ({ market, config, inputs, ordered })),
        ),
      )
    checkHistories(
      lives,
      (life) => {
        const [expected, found] = [runLines(life.ordered, life).book, runLines(life.inputs, life).book]
        expect(formatQuantity(found.groups.LONG.quantity)).toBe(formatQuantity(expected.groups.LONG.quantity))
        expect(formatQuantity(found.groups.SHORT.quantity)).toBe(formatQuantity(expected.groups.SHORT.quantity))
        for (const price of ['0.000000000001', '10000'])
          expect(isSame(resultsAt(found, price).whole, resultsAt(expected, price).whole)).toBe(true)
      },
      { name: 'late-fills' },
    )
  })
})
