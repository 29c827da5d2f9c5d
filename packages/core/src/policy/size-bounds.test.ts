import { describe, expect, it } from 'vitest'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { entryIntended, opened } from '../../test/builders/events-builder.js'
import { emptyBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parseMoney } from '../money/money.js'
import { parsePercent } from '../money/percent.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import { adviseSize } from './allocation.js'
import { adaptiveFactor, shareOfRemaining, signalFactor } from './sizing-shape.js'
import type { SizeRequest } from './size-advice.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
const money = parseMoney

interface Case {
  readonly name: string
  readonly events?: readonly BookEvent[]
  readonly context?: ContextChanges
  readonly request?: Partial<SizeRequest>
  readonly quantity: string
  /** Each step as `rule size: note`. */
  readonly steps: readonly string[]
}

const first = opened({ time: 1, tranche: 'T1', price: '50000', quantity: '0.003' })
const dynamic = { trancheAllocation: 'dynamic', maxPositionSize: money('450') } as const

const CASES: readonly Case[] = [
  { name: 'no budget', quantity: '0', steps: ['budget 0: no budget: give one, or set maxPositionSize'] },
  {
    name: 'no mark',
    context: { mark: null },
    request: { budget: money('450'), price: parsePrice('50000') },
    quantity: '0',
    steps: ['price 0: no price is known to size by'],
  },
  {
    name: 'a mark of nothing',
    context: { mark: '0' },
    request: { budget: money('450'), price: parsePrice('50000') },
    quantity: '0',
    steps: ['price 0: no price is known to size by'],
  },
  {
    name: 'a limit price of nothing',
    request: { budget: money('450'), price: parsePrice('0') },
    quantity: '0',
    steps: ['price 0: no price is known to size by'],
  },
  {
    name: 'no slot at all',
    context: { config: { maxTranches: 0 } },
    request: { budget: money('450') },
    quantity: '0',
    steps: ['maxTranches 0: all 0 slots of maxTranches are used'],
  },
  {
    name: 'the last slot used',
    events: [first],
    context: { config: { maxTranches: 1 } },
    request: { budget: money('450') },
    quantity: '0',
    steps: ['maxTranches 0: all 1 slots of maxTranches are used'],
  },
  {
    name: 'an equal share, cut to the step',
    request: { budget: money('500') },
    quantity: '0.003',
    steps: ['equal 166.666666666666666666666666: budget 500 ÷ 3 tranches', 'step 150: 0.003: down to the step'],
  },
  {
    name: 'a dynamic share, at a loss, by a signal',
    events: [first],
    context: { config: { ...dynamic, sizingShape: 'ADAPTIVE' }, mark: '48750' },
    request: { signalStrength: 0.5 },
    quantity: '0.002',
    steps: [
      'dynamic 150: ADAPTIVE share of slot 2: 300 remain for 2 slots',
      'adaptive 225: × 1.5 at a group P&L of -2.5 %',
      "signal 112.5: × 0.5 for the signal's strength",
      'step 97.5: 0.002: down to the step',
    ],
  },
  {
    name: 'what is in flight is spent',
    events: [entryIntended(9, 'a', { quantity: '0.008' })],
    request: { budget: money('450') },
    quantity: '0.001',
    steps: [
      'equal 150: budget 450 ÷ 3 tranches',
      'budget 50: no more than budget leaves room for',
      'step 50: 0.001: down to the step',
    ],
  },
  {
    name: 'every limit that is smaller, one after the other',
    context: {
      config: { maxTrancheSize: money('140'), maxPositionSize: money('120'), leverage: 10 },
      limits: { maxMarginUsed: money('10') },
      instrument: { maxMarketQuantity: parseQuantity('0.001') },
    },
    request: { budget: money('450') },
    quantity: '0.001',
    steps: [
      'equal 150: budget 450 ÷ 3 tranches',
      'maxTrancheSize 140: no more than maxTrancheSize leaves room for',
      'maxPositionSize 120: no more than maxPositionSize leaves room for',
      'maxMarginUsed 100: no more than maxMarginUsed leaves room for',
      'maxQuantity 50: no more than maxQuantity leaves room for',
      'step 50: 0.001: down to the step',
    ],
  },
  {
    name: 'what is held and in flight of a position',
    events: [first, entryIntended(9, 'a', { quantity: '0.001' })],
    context: { config: { maxPositionSize: money('300') } },
    request: { budget: money('900') },
    quantity: '0.002',
    steps: [
      'equal 300: budget 900 ÷ 3 tranches',
      'maxPositionSize 100: no more than maxPositionSize leaves room for',
      'step 100: 0.002: down to the step',
    ],
  },
  {
    name: 'up to the least that may be opened',
    context: { config: { minTrancheSize: money('60') } },
    request: { budget: money('200') },
    quantity: '0.002',
    steps: [
      'equal 66.666666666666666666666666: budget 200 ÷ 3 tranches',
      'step 100: 0.002: up to the least that may be opened',
    ],
  },
  {
    name: 'never above the limits for that',
    context: { config: { minTrancheSize: money('60'), maxTrancheSize: money('70') } },
    request: { budget: money('200') },
    quantity: '0',
    steps: [
      'equal 66.666666666666666666666666: budget 200 ÷ 3 tranches',
      'minimum 0: the least that may be opened, 0.002, is above the limits',
    ],
  },
  {
    name: 'no signal, no step for it',
    context: { config: dynamic },
    quantity: '0.003',
    steps: ['dynamic 150: EQUAL share of slot 1: 450 remain for 3 slots', 'step 150: 0.003: down to the step'],
  },
  {
    name: 'a limit that is just as large takes nothing',
    context: { config: { maxTrancheSize: money('150') } },
    request: { budget: money('450') },
    quantity: '0.003',
    steps: ['equal 150: budget 450 ÷ 3 tranches', 'step 150: 0.003: down to the step'],
  },
  {
    name: 'a limit order at a venue that limits market orders only',
    context: { instrument: { maxQuantity: null, maxMarketQuantity: parseQuantity('0.001') } },
    request: { budget: money('450'), price: parsePrice('50000') },
    quantity: '0.003',
    steps: ['equal 150: budget 450 ÷ 3 tranches', 'step 150: 0.003: down to the step'],
  },
  {
    name: 'less than the finest step of what is wanted, though the venue asks for that much',
    context: {
      config: { maxTranches: 1 },
      mark: '3',
      instrument: {
        stepSize: parseQuantity('0.000000000001'),
        minQuantity: parseQuantity('0'),
        minNotional: money('2'),
      },
    },
    request: { budget: money('2') },
    quantity: '0',
    steps: [
      'equal 2: budget 2 ÷ 1 tranches',
      'minimum 0: the least that may be opened, 0.666666666667, is above the limits',
    ],
  },
  {
    name: 'less than a step where nothing is asked for',
    context: { config: { maxTranches: 1 }, instrument: { minQuantity: parseQuantity('0'), minNotional: money('0') } },
    request: { budget: money('1') },
    quantity: '0',
    steps: ['equal 1: budget 1 ÷ 1 tranches', 'minimum 0: the least that may be opened, 0, is above the limits'],
  },
  {
    name: 'nothing left',
    context: { config: dynamic },
    request: { signalStrength: 0 },
    quantity: '0',
    steps: [
      'dynamic 150: EQUAL share of slot 1: 450 remain for 3 slots',
      "signal 0: × 0 for the signal's strength",
      'nothing 0: nothing is left to open with',
    ],
  },
]

describe('a size that is advised says how it came about', () => {
  it.each(CASES)('$name', ({ events = [], context = {}, request = {}, quantity, steps }) => {
    const plain = { side: 'LONG', price: null, signalStrength: null, budget: null, time: 1000 } as const
    const advice = adviseSize(evolveAll(EMPTY, events), { ...plain, ...request }, contextOf(context))
    expect(advice.steps.map(({ rule, size, note }) => `${rule} ${size}: ${note}`)).toEqual(steps)
    expect(formatQuantity(advice.quantity)).toBe(quantity)
  })
})

describe('shapes and factors', () => {
  it('shares are cut, never rounded up', () => {
    expect(shareOfRemaining(money('200'), 'EQUAL', { slot: 0, slots: 3 })).toBe(money('66.666666666666666666666666'))
    expect(shareOfRemaining(money('450'), 'PYRAMID_UP', { slot: 1, slots: 3 })).toBe(
      money('192.857142857142857142857142'),
    )
  })

  it.each([
    ['-5', '5', '2'],
    ['-10', '5', '2'],
    ['-2.5', '5', '1.5'],
    ['0', '5', '1'],
    ['2.5', '5', '0.75'],
    ['5', '5', '0.5'],
    ['50', '5', '0.5'],
    ['-50', '0', '1'],
  ])('at %s %% and a threshold of %s %% the factor is %s', (pnl, threshold, factor) => {
    expect(adaptiveFactor(parsePercent(pnl), parsePercent(threshold)).toString()).toBe(factor)
  })

  it.each([
    [null, '1'],
    [0.25, '0.25'],
    [1, '1'],
    [7, '1'],
    [0, '0'],
    [-1, '0'],
    [Number.NaN, '0'],
  ])('a signal of %s counts %s', (strength, factor) => {
    expect(signalFactor(strength).toString()).toBe(factor)
  })
})
