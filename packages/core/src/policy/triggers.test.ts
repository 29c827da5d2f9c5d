import { describe, expect, it } from 'vitest'
import { aBook, type TrancheText } from '../../test/builders/book-builder.js'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { isQuiet, nextTriggers } from './triggers.js'

const LONG: TrancheText = { id: 'T1', price: '50000', quantity: '0.001', takeProfit: '52500', stop: '49000' }
const SHORT: TrancheText = {
  id: 'T1',
  price: '50000',
  quantity: '0.001',
  takeProfit: '47500',
  stop: '51000',
  side: 'SHORT',
}
const LEVELS = [levelText('3', '51500', '0.0004'), levelText('5', '52500', '0.0003'), levelText('8', '54000', '0.0003')]

function trailed(best: string, to: string, of: { tranche?: string; side?: 'LONG' | 'SHORT' } = {}): BookEvent {
  const { tranche = 'T1', side = 'LONG' } = of
  const move = { tranche, side, from: null, to, rung: 'trailing', forced: false, trailingBest: best } as const
  return eventOf('StopMoved', 2, move)
}

interface Given {
  readonly tranches: readonly TrancheText[]
  readonly config?: Partial<SymbolConfig>
  readonly events?: readonly BookEvent[]
}

function waited({ tranches, config, events = [] }: Given): readonly (string | null)[] {
  const { below, above } = nextTriggers(aBook(tranches, { events }), { ...PLAIN_CONFIG, ...config })
  return [below, above].map((price) => (price === null ? null : formatPrice(price)))
}

const percent = parsePercent

describe('nextTriggers', () => {
  it.each<[name: string, given: Given, wanted: readonly (string | null)[]]>([
    ['nothing open', { tranches: [] }, [null, null]],
    // isolation at −5 %, target at +5 %
    ['a LONG', { tranches: [LONG] }, ['47500', '52500']],
    ['a SHORT', { tranches: [SHORT] }, ['47500', '52500']],
    ['a LONG without instant take profit', { tranches: [LONG], config: { instantTakeProfit: false } }, ['47500', null]],
    ['a LONG without a target', { tranches: [{ ...LONG, takeProfit: null }] }, ['47500', null]],
    ['an isolated LONG', { tranches: [{ ...LONG, isolated: true }] }, [null, '52500']],
    [
      'an isolated LONG that may be released',
      { tranches: [{ ...LONG, isolated: true }], config: { isolationReleasePercent: percent('-2') } },
      [null, '49000'],
    ],
    [
      'an isolated SHORT that may recover',
      { tranches: [{ ...SHORT, isolated: true }], config: { trancheAutoCloseIsolated: true } },
      ['50000', null],
    ],
    [
      'an active one has nothing to recover from',
      { tranches: [LONG], config: { trancheAutoCloseIsolated: true, isolationReleasePercent: percent('-2') } },
      ['47500', '52500'],
    ],
    // the nearest of both sides: 48 000 · 0.95 = 45 600 is further than 47 500; 48 000 · 1.05 = 50 400 is nearer than 52 500
    [
      'several: the nearest',
      { tranches: [LONG, { id: 'T2', price: '48000', quantity: '1', takeProfit: '50400', stop: null }] },
      ['47500', '50400'],
    ],
    [
      'both sides',
      { tranches: [LONG, { ...SHORT, id: 'T2', price: '49000', takeProfit: '46550' }] },
      ['47500', '51450'],
    ],
    ['the lowest level not taken', { tranches: [{ ...LONG, levels: LEVELS }] }, ['47500', '51500']],
    [
      'levels instead of the single target',
      { tranches: [{ ...LONG, takeProfit: '51000', levels: LEVELS }] },
      ['47500', '51500'],
    ],
    [
      'a level that was hit but not filled',
      { tranches: [{ ...LONG, levels: [{ ...LEVELS[0]!, hitTime: 5 }, LEVELS[1]!] }] },
      ['47500', '51500'],
    ],
    [
      'a level that was hit, with nothing to close at market',
      {
        tranches: [{ ...LONG, levels: [{ ...LEVELS[0]!, hitTime: 5 }, LEVELS[1]!] }],
        config: { instantTakeProfit: false },
      },
      ['47500', '52500'],
    ],
    [
      'a level that is filled',
      { tranches: [{ ...LONG, levels: [{ ...LEVELS[0]!, filled: '0.0004', hitTime: 5 }, LEVELS[1]!] }] },
      ['47500', '52500'],
    ],
    [
      'a level that is skipped',
      { tranches: [{ ...LONG, levels: [{ ...LEVELS[0]!, quantity: '0' }, LEVELS[1]!] }] },
      ['47500', '52500'],
    ],
    // 49 000 ÷ 0.99 = 49 494.949494949494…
    [
      'a trailing stop',
      { tranches: [LONG], config: { trailingStopPercent: percent('1'), instantTakeProfit: false } },
      ['47500', '49494.949494949494'],
    ],
    // 51 000 ÷ 1.01 = 50 495.049504950495…
    [
      'a trailing stop where none stands: any mark, also beyond twice the entry of a SHORT',
      {
        tranches: [{ ...SHORT, stop: null, takeProfit: null, isolated: true }],
        config: { trailingStopPercent: percent('1') },
      },
      [null, '0'],
    ],
    [
      'a trailing stop, SHORT',
      { tranches: [SHORT], config: { trailingStopPercent: percent('1'), instantTakeProfit: false } },
      ['50495.049504950496', '52500'],
    ],
    [
      'a trailing stop that waits for its activation',
      {
        tranches: [LONG],
        config: {
          trailingStopPercent: percent('1'),
          trailingActivationPercent: percent('3'),
          instantTakeProfit: false,
        },
      },
      ['47500', '51500'],
    ],
    [
      'a trailing stop, SHORT, that waits for its activation',
      {
        tranches: [SHORT],
        config: {
          trailingStopPercent: percent('1'),
          trailingActivationPercent: percent('3'),
          instantTakeProfit: false,
        },
      },
      ['48500', '52500'],
    ],
    // active already: 50 490 ÷ 0.99
    [
      'a trailing stop that is active',
      {
        tranches: [LONG],
        events: [trailed('51000', '50490')],
        config: {
          trailingStopPercent: percent('1'),
          trailingActivationPercent: percent('9'),
          instantTakeProfit: false,
        },
      },
      ['47500', '51000'],
    ],
    // 49 980 ÷ 0.98
    [
      'a trailing stop that the ladder began',
      {
        tranches: [LONG],
        events: [trailed('51000', '49980')],
        config: { stopLadderPercent: percent('2'), instantTakeProfit: false },
      },
      ['47500', '51000'],
    ],
    [
      'a trailing stop of a tranche without a stop',
      {
        tranches: [{ ...LONG, stop: null }],
        config: {
          trailingStopPercent: percent('1'),
          trailingActivationPercent: percent('3'),
          instantTakeProfit: false,
        },
      },
      ['47500', '51500'],
    ],
    // (50 − 1) ÷ 0.001
    ['the loss of the group', { tranches: [LONG], config: { maxPositionLoss: parseMoney('1') } }, ['49000', '52500']],
    [
      'the loss of the group, SHORT',
      { tranches: [SHORT], config: { maxPositionLoss: parseMoney('1') } },
      ['47500', '51000'],
    ],
    // (100 − 10) ÷ 0.003 = 30 000; isolation is nearer
    [
      'the loss of the group further off',
      { tranches: [LONG], config: { maxPositionLoss: parseMoney('20') } },
      ['47500', '52500'],
    ],
  ])('%s', (_name, given, wanted) => {
    expect(waited(given)).toEqual(wanted)
  })

  const third = percent('3.333333333333')
  const odd = { price: '50000.000000000016', takeProfit: null }
  const trailing = { instantTakeProfit: false, trailingStopPercent: percent('1') }

  it.each<[name: string, given: Given, wanted: readonly (string | null)[]]>([
    // · 0.96666666666667 = 48 333.3333333335154…, up
    [
      'isolation of a LONG',
      { tranches: [{ ...LONG, ...odd }], config: { trancheIsolationThreshold: third } },
      ['48333.333333333516', null],
    ],
    // · 1.03333333333333 = 51 666.6666666665165…, down
    [
      'isolation of a SHORT',
      { tranches: [{ ...SHORT, ...odd }], config: { trancheIsolationThreshold: third } },
      [null, '51666.666666666516'],
    ],
    [
      'release of a LONG',
      { tranches: [{ ...LONG, ...odd, isolated: true }], config: { isolationReleasePercent: third } },
      [null, '51666.666666666516'],
    ],
    [
      'release of a SHORT',
      { tranches: [{ ...SHORT, ...odd, isolated: true }], config: { isolationReleasePercent: third } },
      ['48333.333333333516', null],
    ],
    [
      'activation of a LONG',
      { tranches: [{ ...LONG, ...odd, isolated: true }], config: { ...trailing, trailingActivationPercent: third } },
      [null, '51666.666666666516'],
    ],
    [
      'activation of a SHORT',
      { tranches: [{ ...SHORT, ...odd, isolated: true }], config: { ...trailing, trailingActivationPercent: third } },
      ['48333.333333333516', null],
    ],
    // (150 − 2) ÷ 0.003 = 49 333.33…, up; (150 + 2) ÷ 0.003 = 50 666.66…, down
    [
      'loss of a LONG',
      { tranches: [{ ...LONG, quantity: '0.003', takeProfit: null }], config: { maxPositionLoss: parseMoney('2') } },
      ['49333.333333333334', null],
    ],
    [
      'loss of a SHORT',
      { tranches: [{ ...SHORT, quantity: '0.003', takeProfit: null }], config: { maxPositionLoss: parseMoney('2') } },
      [null, '50666.666666666666'],
    ],
  ])('is rounded so that it comes early rather than late: %s', (_name, given, wanted) => {
    expect(waited(given)).toEqual(wanted)
  })

  it.each<[name: string, given: Given, wanted: readonly (string | null)[]]>([
    [
      'a tranche without a target leaves that of another',
      { tranches: [LONG, { ...LONG, id: 'T2', takeProfit: null }] },
      ['47500', '52500'],
    ],
    // 51 000 is 50 490 ÷ 0.99; SHORT 48 480 ÷ 1.01 = 48 000
    [
      'a trailing SHORT that is active',
      {
        tranches: [{ ...SHORT, isolated: true }],
        events: [trailed('48000', '48480', { side: 'SHORT' })],
        config: { ...trailing, trailingActivationPercent: percent('9') },
      },
      ['48000', null],
    ],
    [
      'a trailing SHORT without a stop waits for its activation',
      {
        tranches: [{ ...SHORT, stop: null, isolated: true }],
        config: { ...trailing, trailingActivationPercent: percent('3') },
      },
      ['48500', null],
    ],
    [
      'a distance of 100 % never improves a stop that stands',
      {
        tranches: [{ ...LONG, isolated: true }],
        config: { ...trailing, trailingStopPercent: percent('100'), trailingActivationPercent: percent('3') },
      },
      [null, '51500'],
    ],
    [
      'nor takes away what another waits for',
      {
        tranches: [
          { ...LONG, isolated: true },
          { ...LONG, id: 'T2', isolated: true },
        ],
        events: [trailed('51000', '50000', { tranche: 'T2' })],
        config: { ...trailing, trailingStopPercent: percent('100'), trailingActivationPercent: percent('3') },
      },
      [null, '51500'],
    ],
  ])('%s', (_name, given, wanted) => {
    expect(waited(given)).toEqual(wanted)
  })
})

describe('isQuiet', () => {
  const config = PLAIN_CONFIG
  const quietAt = (book: TrancheBook, price: string, rules = config): boolean => isQuiet(book, parsePrice(price), rules)

  it('strictly between the triggers', () => {
    const book = aBook([LONG])

    expect(['47500', '47500.000000000001', '52499.999999999999', '52500'].map((price) => quietAt(book, price))).toEqual(
      [false, true, true, false],
    )
  })

  it('everywhere where nothing is open', () => {
    expect(quietAt(aBook([]), '0.000000000001')).toBe(true)
    expect(quietAt(aBook([]), '999999999')).toBe(true)
  })

  it('looks at the tranches once, however many ticks come', () => {
    const { groups, ...rest } = aBook(Array.from({ length: 100 }, (_, index) => ({ ...LONG, id: `T${index + 1}` })))
    let looks = 0
    const book: TrancheBook = {
      ...rest,
      get groups() {
        looks += 1
        return groups
      },
    }

    quietAt(book, '50000')
    const first = looks
    for (let tick = 0; tick < 1000; tick += 1) quietAt(book, '50000')
    expect(looks).toBe(first)

    book.version += 1
    quietAt(book, '50000')
    expect(looks).toBe(2 * first)
    quietAt(book, '50000', { ...config })
    expect(looks).toBe(3 * first)
  })

  it('judges a changed book and a changed configuration anew', () => {
    const book = aBook([LONG])

    expect(quietAt(book, '48000')).toBe(true)
    expect(quietAt(book, '48000', { ...config, trancheIsolationThreshold: percent('3') })).toBe(false)
    expect(quietAt(book, '48000')).toBe(true)
    book.groups.LONG.tranches = []
    book.version += 1
    expect(quietAt(book, '40000')).toBe(true)
  })
})
