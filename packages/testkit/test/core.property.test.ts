import {
  canonicalJson,
  formatQuantity,
  parseMoney,
  parsePrice,
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
import { checkLog } from '../src/laws/check-log.js'
import { checkReplay } from '../src/laws/check-replay.js'
import { lawParameters } from '../src/laws/run-law.js'
import type { InputLine } from '../src/lines/input-line.js'
import { toInputLines } from '../src/lines/to-input-lines.js'
import { runLines } from './run-lines.js'
import { inVenueOrder } from './watched-book.js'

const RULES = ['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA']

/** Gross realized + unrealized at a price, by lots and by average cost. */
function resultsAt(book: TrancheBook, price: bigint): { readonly lots: bigint; readonly averageCost: bigint } {
  const { LONG, SHORT } = book.groups
  const long = LONG.realizedPnl + price * LONG.quantity - LONG.cost
  const short = SHORT.realizedPnl + SHORT.cost - price * SHORT.quantity
  const positions = [book.averageCost.LONG, book.averageCost.SHORT, book.averageCost.BOTH]
  const averageCost = positions.reduce((sum, one) => sum + one.realizedPnl + price * one.quantity - one.cost, 0n)
  return { lots: long + short, averageCost }
}

/** Cuts at 10^-24 add up to less than this. */
const DUST = parseMoney('0.000000000000000001')
const isSame = (left: bigint, right: bigint): boolean => (left > right ? left - right : right - left) <= DUST

function netOf(book: TrancheBook): string {
  return formatQuantity((book.groups.LONG.quantity - book.groups.SHORT.quantity) as typeof book.groups.LONG.quantity)
}

/** Tells the inputs where a law does not hold. */
function holds(law: () => void, told: readonly InputLine[]): void {
  try {
    law()
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\nafter\n${toInputLines(told).join('\n')}`,
      { cause: error },
    )
  }
}

/** Both states, and what was told when they differ. */
function expectSameState(found: RanBook, expected: RanBook, told: readonly InputLine[]): void {
  holds(() => {
    expect(JSON.parse(canonicalJson(found.book))).toEqual(JSON.parse(canonicalJson(expected.book)))
    expect(stateHash(found.book)).toBe(stateHash(expected.book))
  }, told)
}

describe('laws of the book', () => {
  it('keeps every log lawful and every way to fold it the same', () => {
    const law = fc.property(histories(), ({ market, config, inputs }) => {
      const { events, book } = runLines(inputs, { market, config })
      if (events.length === 0) return
      holds(() => checkLog(events), inputs)
      holds(() => checkReplay(events), inputs)
      expect(canonicalJson(fold(events))).toBe(canonicalJson(book))
    })
    fc.assert(law, lawParameters())
  })

  it.each(RULES)('realized + unrealized by %s equals average cost at any mark', (closingStrategy) => {
    const marks = fc.bigInt({ min: 1n, max: 10n ** 18n })
    const config = configs({ fixed: { closingStrategy } })
    const law = fc.property(histories({ config }), marks, ({ market, config: file, inputs }, mark) => {
      const { book } = runLines(inputs, { market, config: file })
      const { lots, averageCost } = resultsAt(book, mark)
      expect(isSame(lots, averageCost)).toBe(true)
    })
    fc.assert(law, lawParameters())
  })

  it('gives every closing rule the same quantity and the same result at a mark', () => {
    const law = fc.property(histories({ positions: false }), ({ market, config, inputs }) => {
      const results = RULES.map((closingStrategy) => {
        const file = { ...config, defaults: { ...config.defaults, closingStrategy } }
        const { book } = runLines(inputs, { market, config: file })
        return { quantity: netOf(book), result: resultsAt(book, parsePrice('50000')).lots }
      })
      for (const { quantity, result } of results) {
        expect(quantity).toBe(results[0]!.quantity)
        expect(isSame(result, results[0]!.result)).toBe(true)
      }
    })
    fc.assert(law, lawParameters())
  })

  it('books what it is told twice once', () => {
    const cases = histories().chain((history) =>
      fc.record({ history: fc.constant(history), again: withDuplicates(inVenueOrder(history.inputs)) }),
    )
    const law = fc.property(cases, ({ history: { market, config, inputs }, again }) => {
      const once = runLines(inVenueOrder(inputs), { market, config })
      expectSameState(runLines(again, { market, config }), once, again)
      const whole = inVenueOrder(inputs).filter(({ type }) => type === 'fill' || type === 'funding')
      if (whole.length === 0) return
      expectSameState(runLines([...whole, ...whole], { market, config }), runLines(whole, { market, config }), whole)
    })
    fc.assert(law, lawParameters())
  })

  it('ends in the same state whatever the order of arrival within the window', () => {
    const cases = histories().chain((history) =>
      fc.record({ history: fc.constant(history), shuffled: shuffledWithin(inVenueOrder(history.inputs), 250) }),
    )
    const law = fc.property(cases, ({ history: { market, config, inputs }, shuffled }) => {
      const [expected, found] = [inVenueOrder(inputs), shuffled].map((lines) => runLines(lines, { market, config }))
      expectSameState(found!, expected!, shuffled)
    })
    fc.assert(law, lawParameters())
  })

  it('keeps quantity and result whatever comes late', () => {
    const cases = fc
      .record({ feed: fillFeeds({ over: false }), config: configs() })
      .chain(({ feed, config }) =>
        fc.record({ feed: fc.constant(feed), config: fc.constant(config), far: shuffledFar(feed) }),
      )
    const law = fc.property(cases, ({ feed, config, far }) => {
      const positionMode = feed.some(({ positionSide }) => positionSide === 'BOTH') ? 'ONE_WAY' : 'HEDGE'
      const file = { ...config, positionMode } as const
      const [expected, found] = [feed, far].map((lines: readonly InputLine[]) => runLines(lines, { config: file }).book)
      holds(() => {
        expect(netOf(found!)).toBe(netOf(expected!))
        for (const price of [1n, 10n ** 16n]) {
          expect(isSame(resultsAt(found!, price).lots, resultsAt(expected!, price).lots)).toBe(true)
        }
      }, far)
    })
    fc.assert(law, lawParameters())
  })
})
