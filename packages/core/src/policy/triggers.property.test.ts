import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../test/builders/context-builder.js'
import { aLife, type Life } from '../../test/builders/life-builder.js'
import { aHappening, aPrice, happen, markConfig } from '../../test/builders/trade-arbitraries.js'
import { LAW } from '../../test/law-runs.js'
import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { startDecision } from '../decide/decision.js'
import { judgeMark } from '../decide/mark.js'
import { copyBook } from '../evolve/copy-book.js'
import { type Instrument, unknownInstrument } from '../instrument/instrument.js'
import { asPrice, parsePrice, type Price } from '../money/price.js'
import { isQuiet, nextTriggers } from './triggers.js'

const BARE = unknownInstrument('BTCUSDT')
const TICKED: Instrument = { ...BARE, tickSize: parsePrice('0.1') }

const scene = fc.record({
  config: markConfig,
  other: fc.option(markConfig, { nil: null }),
  happenings: fc.array(aHappening, { maxLength: 25, size: 'max' }),
  isTicked: fc.boolean(),
  marks: fc.array(aPrice, { minLength: 3, maxLength: 3 }),
})

type Scene = typeof scene extends fc.Arbitrary<infer Given> ? Given : never

interface Lived {
  readonly book: TrancheBook
  readonly config: SymbolConfig
  readonly instrument: Instrument
}

function lived({ config, other, happenings, isTicked }: Scene): Lived {
  const instrument = isTicked ? TICKED : BARE
  const life: Life = aLife({ config, instrument })
  for (const happening of happenings) happen(life, happening)
  const { config: whole } = contextOf({ config: { ...config, ...other } })
  return { book: life.book, config: whole, instrument }
}

/** What a mark decides when nothing is passed over. */
function decidedBy({ book, config, instrument }: Lived, price: Price): readonly BookEvent[] {
  const context = contextOf({
    config,
    instrument,
    rest: { market: { price, high: price, low: price, time: book.time + 1 } },
  })
  const input = { id: 'mark', time: book.time + 1, account: book.account, symbol: book.symbol }
  const decision = startDecision(book, input, context)
  judgeMark(decision, price)
  return decision.events
}

/** Drawn marks, and those one unit to either side of each trigger and on it. */
function telling(at: Lived, marks: readonly string[]): readonly Price[] {
  const { above, below } = nextTriggers(at.book, at.config)
  const near = [above, below].flatMap((price) => (price === null ? [] : [price - 1n, price as bigint, price + 1n]))
  return [...near.filter((price) => price > 0n).map(asPrice), ...marks.map(parsePrice)]
}

describe('triggers', () => {
  it('are never late: a mark between them decides nothing', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const at = lived(given)
        for (const mark of telling(at, given.marks))
          if (isQuiet(at.book, mark, at.config)) expect(decidedBy(at, mark)).toEqual([])
      }),
      LAW,
    )
  })

  it('are not early: with nothing in flight, a unit beyond one of them something is decided', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const before = lived(given)
        const at = { ...before, book: copyBook(before.book) }
        at.book.orders.clear()
        const { above, below } = nextTriggers(at.book, at.config)
        if (above !== null) expect(decidedBy(at, asPrice(above + 1n))).not.toEqual([])
        if (below !== null && below > 1n) expect(decidedBy(at, asPrice(below - 1n))).not.toEqual([])
      }),
      LAW,
    )
  })

  it('do not depend on anything but the book and the configuration', () => {
    fc.assert(
      fc.property(scene, (given) => {
        const { book, config } = lived(given)
        expect(nextTriggers(copyBook(book), { ...config })).toEqual(nextTriggers(book, config))
      }),
      LAW,
    )
  })
})
