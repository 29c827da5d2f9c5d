import { describe, expect, it } from 'vitest'
import { aBook } from '../../test/builders/book-builder.js'
import { aLot, type LotText } from '../../test/builders/lot-builder.js'
import type { ClosingLot, ClosingPart, ClosingRule } from '../book/context.js'
import type { IsolatedClosing } from '../config/symbol-config.js'
import { InvariantError } from '../errors.js'
import { parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { formatQuantity, parseQuantity } from '../money/quantity.js'
import {
  BUILT_IN_CLOSING_RULES,
  chooseParts,
  type ClosingChoice,
  closingLots,
  explainChoice,
  isolatedClosingOf,
} from './closing.js'

interface Ask {
  readonly rule: string
  readonly quantity: string
  readonly price?: string
  readonly step?: string
  readonly isolatedClosing?: IsolatedClosing
  readonly custom?: ClosingRule
}

function choiceOf({ rule, isolatedClosing, custom }: Ask): ClosingChoice {
  const customRules = new Map(custom === undefined ? [] : [[rule, custom]])
  return { rule, isolatedClosing: isolatedClosing ?? null, customRules }
}

function requestOf({ quantity, price = '100', step = '0' }: Ask): Parameters<ClosingRule>[1] {
  return { quantity: parseQuantity(quantity), price: parsePrice(price), stepSize: parseQuantity(step) }
}

/** `T2 1, T1 0.5`: what was taken from which lot, in order. */
function taken(lots: readonly ClosingLot[], ask: Ask): string {
  return shown(chooseParts(lots, requestOf(ask), choiceOf(ask)))
}

function shown(parts: readonly ClosingPart[]): string {
  return parts.map(({ tranche, quantity }) => `${tranche} ${formatQuantity(quantity)}`).join(', ')
}

function lotsOf(...texts: readonly LotText[]): readonly ClosingLot[] {
  return texts.map((text, index) => aLot(index + 1, text))
}

// Entries of 1 at 100, 120, 90 and 110, in this order of time.
const FOUR = lotsOf({ price: '100' }, { price: '120' }, { price: '90' }, { price: '110' })

describe('the order in which a rule takes', () => {
  it.each<[rule: string, wholeOrder: string]>([
    ['LIFO', 'T4 1, T3 1, T2 1, T1 1'],
    ['FIFO', 'T1 1, T2 1, T3 1, T4 1'],
    // at 105: +5, −15, +15, −5
    ['WORST_FIRST', 'T2 1, T4 1, T1 1, T3 1'],
    ['BEST_FIRST', 'T3 1, T1 1, T4 1, T2 1'],
    ['HIFO', 'T2 1, T4 1, T1 1, T3 1'],
    ['LOFO', 'T3 1, T1 1, T4 1, T2 1'],
  ])('%s: %s', (rule, wholeOrder) => {
    expect(taken(FOUR, { rule, quantity: '4', price: '105' })).toBe(wholeOrder)
  })

  it('stops when the quantity is used up, in the middle of a lot', () => {
    expect(taken(FOUR, { rule: 'LIFO', quantity: '2.25' })).toBe('T4 1, T3 1, T2 0.25')
    expect(taken(FOUR, { rule: 'LIFO', quantity: '2' })).toBe('T4 1, T3 1')
  })

  it('takes no more than is open', () => {
    expect(taken(FOUR, { rule: 'FIFO', quantity: '9' })).toBe('T1 1, T2 1, T3 1, T4 1')
    expect(taken([], { rule: 'FIFO', quantity: '9' })).toBe('')
    expect(taken(FOUR, { rule: 'FIFO', quantity: '0' })).toBe('')
  })

  it('judges results in quote at the fill price, not in percent', () => {
    // at 90: T1 loses 10 · 1 = 10 (10 %), T2 loses 5 · 3 = 15 (5.3 %)
    const pair = lotsOf({ price: '100', quantity: '1' }, { price: '95', quantity: '3' })

    expect(taken(pair, { rule: 'WORST_FIRST', quantity: '1', price: '90' })).toBe('T2 1')
    expect(taken(pair, { rule: 'BEST_FIRST', quantity: '1', price: '90' })).toBe('T1 1')
    // at 110: T1 gains 10, T2 gains 45
    expect(taken(pair, { rule: 'BEST_FIRST', quantity: '1', price: '110' })).toBe('T2 1')
  })

  it('mirrors results for SHORT, entry prices not', () => {
    const shorts = lotsOf({ price: '100', side: 'SHORT' }, { price: '120', side: 'SHORT' })

    // at 110: −10 and +10
    expect(taken(shorts, { rule: 'WORST_FIRST', quantity: '1', price: '110' })).toBe('T1 1')
    expect(taken(shorts, { rule: 'BEST_FIRST', quantity: '1', price: '110' })).toBe('T2 1')
    expect(taken(shorts, { rule: 'HIFO', quantity: '1' })).toBe('T2 1')
    expect(taken(shorts, { rule: 'LOFO', quantity: '1' })).toBe('T1 1')
  })

  it('compares average entries, whatever the quantities', () => {
    // 3 at 101 cost 303, 4 at 100 cost 400
    const pair = lotsOf({ price: '101', quantity: '3' }, { price: '100', quantity: '4' })

    expect(taken(pair, { rule: 'HIFO', quantity: '1' })).toBe('T1 1')
    expect(taken(pair, { rule: 'LOFO', quantity: '1' })).toBe('T2 1')
  })
})

describe('ties', () => {
  it.each(['FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO'])('go to the earlier entry for %s', (rule) => {
    const pair = lotsOf({ time: 20 }, { time: 10 })

    expect(taken(pair, { rule, quantity: '1' })).toBe('T2 1')
  })

  it.each(['FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO'])(
    'of time as well go to the first created for %s',
    (rule) => {
      const pair = lotsOf({ time: 10 }, { time: 10 }).toReversed()

      expect(taken(pair, { rule, quantity: '1' })).toBe('T1 1')
    },
  )

  it('go to the later entry for LIFO, and at one time to the last created', () => {
    expect(taken(lotsOf({ time: 20 }, { time: 10 }), { rule: 'LIFO', quantity: '1' })).toBe('T1 1')
    expect(taken(lotsOf({ time: 10 }, { time: 10 }), { rule: 'LIFO', quantity: '1' })).toBe('T2 1')
  })
})

describe('PRO_RATA', () => {
  it.each<[name: string, open: readonly string[], quantity: string, step: string, parts: string]>([
    // 2 · 1/4, 2 · 3/4
    ['in proportion', ['1', '3'], '2', '0.1', 'T1 0.5, T2 1.5'],
    // 1/3 each: 0.33 and a remainder of 1/3 of a step each; the step left over goes to the earliest
    ['equal remainders: the earliest gets the step', ['1', '1', '1'], '1', '0.01', 'T1 0.34, T2 0.33, T3 0.33'],
    // 0.5 of 0.6: 0.08333, 0.16667, 0.25 → 0.08, 0.16, 0.25, and 0.01 to the remainder of 0.667
    ['the largest remainder gets the step', ['0.1', '0.2', '0.3'], '0.5', '0.01', 'T1 0.08, T2 0.17, T3 0.25'],
    // shares of 0.025, 0.025, 0.05 of 0.1: two of the three get nothing but remainders .25 .25 .5 of a step
    ['less than a step each', ['1', '1', '2'], '0.1', '0.1', 'T3 0.1'],
    // a wanted quantity that is itself off the step: 0.105 of 0.4 in steps of 0.01: 0.02625, 0.07875 → 0.02, 0.07, left 0.015
    ['a residue off the step stays with the largest remainders', ['0.1', '0.3'], '0.105', '0.01', 'T1 0.025, T2 0.08'],
    ['without a step the unit is 10^-12', ['1', '2'], '1', '0', 'T1 0.333333333333, T2 0.666666666667'],
    ['all of it', ['0.1', '0.2'], '0.3', '0.01', 'T1 0.1, T2 0.2'],
    ['more than is open', ['0.1', '0.2'], '9', '0.01', 'T1 0.1, T2 0.2'],
    // lots off the step: 0.015 of 0.01 steps gives 0.01 and 0.01 of a whole 0.03; nobody gives more than it has
    ['lots off the step', ['0.015', '0.015'], '0.03', '0.01', 'T1 0.015, T2 0.015'],
  ])('%s', (_name, open, quantity, step, parts) => {
    expect(taken(lotsOf(...open.map((size) => ({ quantity: size }))), { rule: 'PRO_RATA', quantity, step })).toBe(parts)
  })

  it('is not limited to the first round when one lot cannot take its step', () => {
    // 0.029 of 0.03: exact 0.0145 each → 0.01 each, left 0.009 of which 0.005 fits into the first, 0.004 into the second
    const pair = lotsOf({ quantity: '0.015' }, { quantity: '0.015' })

    expect(taken(pair, { rule: 'PRO_RATA', quantity: '0.029', step: '0.01' })).toBe('T1 0.015, T2 0.014')
  })

  it('gives earlier entries the step before those created first', () => {
    const pair = lotsOf({ time: 20 }, { time: 10 })

    expect(taken(pair, { rule: 'PRO_RATA', quantity: '0.1', step: '0.1' })).toBe('T2 0.1')
  })
})

describe('a rule asked by itself', () => {
  it('has nothing to give of lots that hold nothing', () => {
    const empty = { ...aLot(1), quantity: parseQuantity('0'), cost: parseMoney('0') }

    expect(BUILT_IN_CLOSING_RULES.PRO_RATA([empty], requestOf({ rule: 'PRO_RATA', quantity: '1' }))).toEqual([])
    expect(BUILT_IN_CLOSING_RULES.PRO_RATA([], requestOf({ rule: 'PRO_RATA', quantity: '1' }))).toEqual([])
  })
})

describe('isolated lots', () => {
  const held = lotsOf({}, { isolated: true }, {})

  it.each([
    ['LIFO', 'T3 1, T1 1, T2 0.5'],
    ['FIFO', 'T1 1, T3 1, T2 0.5'],
    ['BEST_FIRST', 'T1 1, T3 1, T2 0.5'],
    ['WORST_FIRST', 'T1 1, T2 1, T3 0.5'],
    ['HIFO', 'T1 1, T2 1, T3 0.5'],
    ['LOFO', 'T1 1, T2 1, T3 0.5'],
    ['PRO_RATA', 'T1 0.9, T2 0.8, T3 0.8'],
  ])('take part in %s as the rule says', (rule, parts) => {
    expect(taken(held, { rule, quantity: '2.5', step: '0.1' })).toBe(parts)
  })

  it.each([
    ['LIFO', 'EQUAL', 'T3 1, T2 1'],
    ['FIFO', 'EQUAL', 'T1 1, T2 1'],
    ['HIFO', 'LAST', 'T1 1, T3 1'],
    ['PRO_RATA', 'LAST', 'T1 1, T3 1'],
  ] as const)('in %s with isolatedClosing %s: %s', (rule, isolatedClosing, parts) => {
    expect(taken(held, { rule, isolatedClosing, quantity: '2', step: '0.1' })).toBe(parts)
  })

  it('are alike for a custom rule unless held last', () => {
    expect(isolatedClosingOf('mine', null)).toBe('EQUAL')
    expect(isolatedClosingOf('mine', 'LAST')).toBe('LAST')
    expect(isolatedClosingOf('LIFO', 'EQUAL')).toBe('EQUAL')
  })
})

describe('a custom rule', () => {
  const two = lotsOf({}, {})
  const part = (tranche: string, quantity: string): ClosingPart => ({ tranche, quantity: parseQuantity(quantity) })
  const giving = (...parts: readonly ClosingPart[]): Ask => ({ rule: 'mine', quantity: '1.5', custom: () => parts })

  it('is asked for no more than is open, with the price and the step', () => {
    const asked: unknown[] = []
    const custom: ClosingRule = (open, request) => {
      asked.push(
        open.map((lot) => lot.tranche),
        request,
      )
      return [part('T1', '1'), part('T2', '1')]
    }

    expect(taken(two, { rule: 'mine', quantity: '9', price: '7', step: '0.1', custom })).toBe('T1 1, T2 1')
    expect(asked).toEqual([
      ['T1', 'T2'],
      { quantity: parseQuantity('2'), price: parsePrice('7'), stepSize: parseQuantity('0.1') },
    ])
  })

  it('is asked for nothing where a round has nothing to give', () => {
    const asked: string[] = []
    const custom: ClosingRule = (open, { quantity }) => {
      asked.push(formatQuantity(quantity))
      return open.map((lot) => ({ tranche: lot.tranche, quantity: lot.quantity }))
    }

    taken(lotsOf({ isolated: true }), { rule: 'mine', quantity: '1', isolatedClosing: 'LAST', custom })
    taken(lotsOf({}, { isolated: true }), { rule: 'mine', quantity: '1', isolatedClosing: 'LAST', custom })
    expect(asked).toEqual(['1', '1'])
  })

  it('may name a lot twice as long as it holds that much', () => {
    expect(taken(two, giving(part('T1', '0.5'), part('T2', '0.5'), part('T1', '0.5')))).toBe('T1 0.5, T2 0.5, T1 0.5')
  })

  it.each<[name: string, parts: readonly ClosingPart[], says: string]>([
    ['takes too little', [part('T1', '1')], 'took 1 in all where 1.5 was asked for'],
    ['takes nothing', [], 'took 0 in all where 1.5 was asked for'],
    ['takes too much', [part('T1', '1'), part('T2', '1')], 'took 2 in all where 1.5 was asked for'],
    ['takes more than a lot has', [part('T1', '1.5')], 'took 1.5 from T1, which has 1'],
    ['takes it twice over', [part('T1', '1'), part('T1', '0.5')], 'took 0.5 from T1, which has 0'],
    ['takes from a lot that is not there', [part('T9', '1.5')], 'took 1.5 from T9, which has no open lot'],
    ['takes 0', [part('T1', '1'), part('T2', '0'), part('T2', '0.5')], 'took 0 from T2, which has 1'],
    ['gives instead', [part('T1', '-0.5'), part('T2', '1')], 'took -0.5 from T1, which has 1'],
  ])('that %s is broken', (_name, parts, says) => {
    const attempt = (): string => taken(two, giving(...parts))

    expect(attempt).toThrow(InvariantError)
    expect(attempt).toThrow(says)
    expect(attempt).toThrow(expect.objectContaining({ code: 'closing.rule-broken' }))
  })

  it('must be registered', () => {
    const attempt = (): string => taken(two, { rule: 'MINE', quantity: '1' })

    expect(attempt).toThrow(expect.objectContaining({ code: 'closing.rule-unknown' }))
    expect(attempt).toThrow('closing rule MINE is not registered')
    expect(attempt).toThrow('use one of LIFO, FIFO, WORST_FIRST, BEST_FIRST, HIFO, LOFO, PRO_RATA')
  })

  it('cannot take the name of a built-in one', () => {
    expect(taken(two, { rule: 'LIFO', quantity: '1', custom: () => [part('T1', '1')] })).toBe('T2 1')
  })
})

describe('closingLots', () => {
  const book = aBook([
    { id: 'T1', price: '50000', quantity: '0.003', time: 5 },
    { id: 'T2', price: '49000', quantity: '0.001', time: 6, isolated: true },
  ])

  it('are the open tranches of the group', () => {
    expect(closingLots(book.groups.LONG, new Map())).toEqual([
      aLot(1, { price: '50000', quantity: '0.003', time: 5 }),
      aLot(2, { price: '49000', quantity: '0.001', time: 6, isolated: true }),
    ])
    expect(closingLots(book.groups.SHORT, new Map())).toEqual([])
  })

  it('are smaller by what is taken already, cost in proportion', () => {
    const given = new Map([
      ['T1', parseQuantity('0.002')],
      ['T2', parseQuantity('0.001')],
    ])

    expect(closingLots(book.groups.LONG, given)).toEqual([aLot(1, { price: '50000', quantity: '0.001', time: 5 })])
  })
})

describe('explainChoice', () => {
  function explained(open: readonly ClosingLot[], ask: Ask): ReturnType<typeof explainChoice> {
    const request = requestOf(ask)
    const choice = choiceOf(ask)
    return explainChoice(chooseParts(open, request, choice), open, { request, choice })
  }

  it('names the rule, what was asked, and all candidates as they were ranked', () => {
    expect(explained(FOUR, { rule: 'LIFO', quantity: '1.5', price: '105' })).toEqual({
      rule: 'closing.LIFO',
      configured: { closingStrategy: 'LIFO', isolatedClosing: 'LAST' },
      observed: { quantity: '1.5', price: '105' },
      candidates: [
        { tranche: 'T4', value: '4', chosen: '1', lost: null },
        { tranche: 'T3', value: '3', chosen: '0.5', lost: null },
        { tranche: 'T2', value: '2', chosen: null, lost: 'the quantity was used up before its turn' },
        { tranche: 'T1', value: '1', chosen: null, lost: 'the quantity was used up before its turn' },
      ],
    })
  })

  it.each<[rule: string, ranked: readonly string[], values: readonly string[]]>([
    ['FIFO', ['T1', 'T2', 'T3', 'T4'], ['1', '2', '3', '4']],
    ['WORST_FIRST', ['T2', 'T4', 'T1', 'T3'], ['-15', '-5', '5', '15']],
    ['BEST_FIRST', ['T3', 'T1', 'T4', 'T2'], ['15', '5', '-5', '-15']],
    ['HIFO', ['T2', 'T4', 'T1', 'T3'], ['120', '110', '100', '90']],
    ['LOFO', ['T3', 'T1', 'T4', 'T2'], ['90', '100', '110', '120']],
    ['PRO_RATA', ['T1', 'T2', 'T3', 'T4'], ['1', '1', '1', '1']],
  ])('ranks by the value of %s', (rule, ranked, values) => {
    const { candidates } = explained(FOUR, { rule, quantity: '1', price: '105' })

    expect(candidates?.map((candidate) => candidate.tranche)).toEqual(ranked)
    expect(candidates?.map((candidate) => candidate.value)).toEqual(values)
  })

  it('ranks isolated lots last where the rule holds them, and says so', () => {
    const open = lotsOf({ isolated: true }, {})

    expect(explained(open, { rule: 'FIFO', quantity: '1' })).toMatchObject({
      configured: { isolatedClosing: 'LAST' },
      candidates: [
        { tranche: 'T2', chosen: '1' },
        { tranche: 'T1', chosen: null },
      ],
    })
    expect(explained(open, { rule: 'FIFO', quantity: '1', isolatedClosing: 'EQUAL' })).toMatchObject({
      configured: { isolatedClosing: 'EQUAL' },
      candidates: [
        { tranche: 'T1', chosen: '1' },
        { tranche: 'T2', chosen: null },
      ],
    })
  })

  it('lists a custom rule by entry', () => {
    const custom: ClosingRule = () => [{ tranche: 'T2', quantity: parseQuantity('1') }]

    expect(explained(lotsOf({ time: 9 }, { time: 8 }), { rule: 'mine', quantity: '1', custom })).toMatchObject({
      rule: 'closing.mine',
      candidates: [
        { tranche: 'T2', value: '8', chosen: '1' },
        { tranche: 'T1', value: '9', chosen: null },
      ],
    })
  })

  it('lists twelve and counts the rest', () => {
    const many = Array.from({ length: 14 }, (_, index) => aLot(index + 1))

    const { candidates, others } = explained(many, { rule: 'FIFO', quantity: '1' })
    expect(candidates).toHaveLength(12)
    expect(candidates?.at(-1)?.tranche).toBe('T12')
    expect(others).toBe(2)
    expect(explained(many.slice(0, 12), { rule: 'FIFO', quantity: '1' })).not.toHaveProperty('others')
  })

  it('rounds an average entry that is not finite to the nearest', () => {
    // 200 ÷ 3
    const third = { ...aLot(1), cost: parseMoney('200'), quantity: parseQuantity('3') }

    expect(explained([third], { rule: 'HIFO', quantity: '1' }).candidates?.[0]?.value).toBe('66.666666666667')
  })
})
