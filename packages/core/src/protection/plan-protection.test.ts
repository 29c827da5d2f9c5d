import { describe, expect, it } from 'vitest'
import { aBook, anOrder, refused, resting, type TrancheText } from '../../test/builders/book-builder.js'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { eventOf, levelText, marked } from '../../test/builders/events-builder.js'
import { planTexts, uncoveredTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import type { PositionMode } from '../config/symbol-config.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { parseQuantity } from '../money/quantity.js'
import { planProtection, type ProtectionPlan } from './plan-protection.js'

interface Given extends ContextChanges {
  readonly positionMode?: PositionMode
  readonly events?: readonly BookEvent[]
  readonly time?: number
}

function plan(tranches: readonly TrancheText[], given: Given = {}): ProtectionPlan {
  const { positionMode = 'HEDGE', events = [], time = 0 } = given
  return planProtection(aBook(tranches, { positionMode, events }), contextOf(given), time)
}

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000', takeProfit: '52500' }
const SHORT: TrancheText = {
  id: 'T1',
  side: 'SHORT',
  price: '50000',
  quantity: '0.01',
  stop: '51000',
  takeProfit: '47500',
}
/** 40 / 30 / 30 % of 0.1 at +3 / +5 / +8 %. */
const SCALED: TrancheText = {
  ...T1,
  levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.03'), levelText('8', '54000', '0.03')],
}
/** Row 8: 5 % above and 2 % below each entry. */
const THREE: readonly TrancheText[] = [
  { id: 'T1', price: '50000', quantity: '0.001', takeProfit: '52500', stop: '49000' },
  { id: 'T2', price: '49000', quantity: '0.002', takeProfit: '51450', stop: '48020' },
  { id: 'T3', price: '49500', quantity: '0.001', takeProfit: '51975', stop: '48510' },
]

describe('protection tranche by tranche', () => {
  it('puts a stop and a take profit behind each tranche', () => {
    const { orders } = plan([T1, { ...T1, id: 'T2', quantity: '0.2', stop: '48000', takeProfit: null }])
    expect(orders).toHaveLength(3)
    expect(orders[0]).toEqual({
      purpose: 'stop',
      type: 'STOP_MARKET',
      side: 'LONG',
      orderSide: 'SELL',
      positionSide: 'LONG',
      quantity: parseQuantity('0.1'),
      price: null,
      triggerPrice: 49000n * 10n ** 12n,
      reduceOnly: false,
      closePosition: false,
      allocation: [{ tranche: 'T1', quantity: parseQuantity('0.1') }],
      level: null,
      reference: null,
      isPassed: false,
      isMerged: false,
    })
    expect(orders[2]).toMatchObject({ purpose: 'takeProfit', type: 'LIMIT', price: 52500n * 10n ** 12n })
  })

  it('mirrors SHORT', () => {
    expect(planTexts(plan([SHORT]))).toEqual([
      'BUY stop 0.01 at 51000 for T1 0.01',
      'BUY takeProfit 0.01 at 47500 for T1 0.01',
    ])
  })

  it('names the net position and reduce-only in one-way mode, and never in hedge mode', () => {
    for (const order of plan([T1], { positionMode: 'ONE_WAY' }).orders)
      expect(order).toMatchObject({ positionSide: 'BOTH', reduceOnly: true })
    for (const order of plan([T1]).orders) expect(order).toMatchObject({ positionSide: 'LONG', reduceOnly: false })
  })

  it('rounds to the tick toward the entry: an earlier stop, an earlier fill', () => {
    const off = { stop: '49000.01', takeProfit: '52500.09' }
    expect(planTexts(plan([{ ...T1, ...off }]))).toEqual([
      'SELL stop 0.1 at 49000.1 for T1 0.1',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
    expect(planTexts(plan([{ ...SHORT, stop: '51000.09', takeProfit: '47500.01' }]))).toEqual([
      'BUY stop 0.01 at 51000 for T1 0.01',
      'BUY takeProfit 0.01 at 47500.1 for T1 0.01',
    ])
  })

  it('rounds nothing where tick and step are unknown', () => {
    const odd = { ...T1, quantity: '0.123456789012', stop: '49000.000000000001', takeProfit: null }
    expect(planTexts(plan([odd], { instrument: unknownInstrument('BTCUSDT') }))).toEqual([
      'SELL stop 0.123456789012 at 49000.000000000001 for T1 0.123456789012',
    ])
  })

  it('splits above the maximum into orders that sum exactly: stops by the market maximum, take profits by the other', () => {
    const large = { ...T1, quantity: '250' }
    const instrument = { maxMarketQuantity: parseQuantity('120'), maxQuantity: parseQuantity('200') }
    expect(planTexts(plan([large], { instrument }))).toEqual([
      'SELL stop 120 at 49000 for T1 120',
      'SELL stop 120 at 49000 for T1 120',
      'SELL stop 10 at 49000 for T1 10',
      'SELL takeProfit 200 at 52500 for T1 200',
      'SELL takeProfit 50 at 52500 for T1 50',
    ])
  })

  it('leaves a residue below one step with its tranche, and says so', () => {
    const dusty = plan([{ ...T1, quantity: '0.0015' }])
    expect(planTexts(dusty)).toEqual([
      'SELL stop 0.001 at 49000 for T1 0.001',
      'SELL takeProfit 0.001 at 52500 for T1 0.001',
    ])
    expect(uncoveredTexts(dusty)).toEqual(['stop T1 0.0005 belowStep', 'takeProfit T1 0.0005 belowMinimum'])
  })

  it('puts residues that make a whole step together under the next stop', () => {
    const two = [
      { ...T1, quantity: '0.0015', takeProfit: null },
      { ...T1, id: 'T2', quantity: '0.0015', stop: '48000', takeProfit: null },
    ]
    expect(planTexts(plan(two))).toEqual([
      'SELL stop 0.001 at 49000 for T1 0.001',
      'SELL stop 0.002 at 48000 for T2 0.0015 + T1 0.0005',
    ])
    expect(plan(two).uncovered).toEqual([])
  })

  it('says which tranche has no stop on purpose', () => {
    const bare = plan([T1, { ...T1, id: 'T2', stop: null }])
    expect(uncoveredTexts(bare)).toEqual(['stop T2 0.1 noStop'])
    expect(bare.degradation).toBeNull()
  })

  it('has nothing for an empty book', () => {
    expect(plan([])).toEqual({
      orders: [],
      exits: [],
      degradation: null,
      uncovered: [],
      mark: 50000n * 10n ** 12n,
      time: 0,
    })
  })
})

describe('scaled take profit', () => {
  it('rests one order per level, for row 10', () => {
    expect(planTexts(plan([SCALED]))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'SELL takeProfit 2 0.03 at 52500 for T1 0.03',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
    ])
  })

  it.each([
    // After TP1: 0.06 left behind breakeven; after TP2: 0.03 behind TP1's target
    ['0.06', ['0.04', '0', '0'], '50000', ['2 0.03 at 52500', '3 0.03 at 54000']],
    ['0.03', ['0.04', '0.03', '0'], '51500', ['3 0.03 at 54000']],
    // TP1 filled in part: the rest of it stays
    ['0.09', ['0.01', '0', '0'], '49000', ['1 0.03 at 51500', '2 0.03 at 52500', '3 0.03 at 54000']],
    // 0.05 closed by hand: the nearest levels keep theirs, the last takes what remains
    ['0.05', ['0', '0', '0'], '49000', ['1 0.04 at 51500', '2 0.01 at 52500']],
    // closed by hand beyond all levels but the last
    ['0.08', ['0.04', '0.03', '0'], '51500', ['3 0.08 at 54000']],
  ])('with %s left and %s of the levels filled', (left, filled, stop, levels) => {
    const tranche = {
      ...SCALED,
      stop,
      quantity: left,
      levels: SCALED.levels?.map((level, index) => ({ ...level, filled: filled[index] ?? '0' })) ?? [],
    }
    expect(planTexts(plan([tranche], { mark: '51600', config: { instantTakeProfit: false } }))).toEqual([
      `SELL stop ${left} at ${stop} for T1 ${left}`,
      ...levels.map((level) => `SELL takeProfit ${level} for T1 ${level.split(' ')[1]}`),
    ])
  })

  it('skips levels of quantity 0, for row 11', () => {
    const levels = [levelText('3', '51500', '0'), levelText('5', '52500', '0.1'), levelText('8', '54000', '0')]
    expect(planTexts(plan([{ ...T1, levels }])).slice(1)).toEqual(['SELL takeProfit 2 0.1 at 52500 for T1 0.1'])
  })

  it('rolls a level below the minimum of the venue into the next, and the last into the one before', () => {
    // 0.03 + 0.04 at TP2, then the last 0.03 joins them
    const levels = [levelText('3', '51500', '0.03'), levelText('5', '52500', '0.04'), levelText('8', '54000', '0.03')]
    const instrument = { minQuantity: parseQuantity('0.035') }
    expect(planTexts(plan([{ ...T1, levels }], { instrument })).slice(1)).toEqual([
      'SELL takeProfit 2 0.1 at 52500 for T1 0.1',
    ])
  })

  it('passes what a level has below the step on to the next', () => {
    const levels = [
      levelText('3', '51500', '0.0333'),
      levelText('5', '52500', '0.0333'),
      levelText('8', '54000', '0.0334'),
    ]
    // 0.0333 → 0.033; 0.0003 + 0.0333 → 0.033; 0.0006 + 0.0334 = 0.034
    expect(planTexts(plan([{ ...T1, levels }])).slice(1)).toEqual([
      'SELL takeProfit 1 0.033 at 51500 for T1 0.033',
      'SELL takeProfit 2 0.033 at 52500 for T1 0.033',
      'SELL takeProfit 3 0.034 at 54000 for T1 0.034',
    ])
  })
})

describe('exits in flight', () => {
  it('are taken from the take profits and, until they fill, not from the stop', () => {
    const exit = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.04' })
    const events = [{ ...exit, allocation: [{ tranche: 'T1', quantity: '0.04' }] }]
    expect(planTexts(plan([T1], { events }))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 0.06 at 52500 for T1 0.06',
    ])
    // the farthest levels give first: 0.06 = 0.04 + 0.02
    expect(planTexts(plan([SCALED], { events })).slice(1)).toEqual([
      'SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'SELL takeProfit 2 0.02 at 52500 for T1 0.02',
    ])
  })

  it('without an allocation are taken from the oldest', () => {
    const events = [anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.15', allocation: [] })]
    const two = [T1, { ...T1, id: 'T2' }]
    expect(planTexts(plan(two, { events })).slice(2)).toEqual(['SELL takeProfit 0.05 at 52500 for T2 0.05'])
  })
})

describe('a stop that a fresh mark has passed', () => {
  it.each([
    ['below it', T1, '48900', 'SELL exit 0.1 (stop) for T1 0.1'],
    ['exactly at it', T1, '49000', 'SELL exit 0.1 (stop) for T1 0.1'],
    ['above it, SHORT', SHORT, '51100', 'BUY exit 0.01 (stop) for T1 0.01'],
  ])('is closed at market now: %s', (_name, tranche, mark, expected) => {
    expect(planTexts(plan([tranche], { mark }))).toEqual([expected])
  })

  it.each([
    ['no mark', { mark: null }],
    ['a mark of 0', { mark: '0' }],
    ['a stale mark', { mark: '48900', markTime: 0, time: 10_001 }],
    ['a mark older than the last', { mark: '48900', markTime: 4, events: [marked(5, '49500')] }],
  ])('is not: %s', (_name, given) => {
    const { orders, exits, mark } = plan([T1], given)
    expect(mark).toBeNull()
    expect(exits).toEqual([])
    expect(orders[0]?.isPassed).toBe(false)
  })

  it('is left to an order that rests with a passed trigger; only what that does not close is closed at market', () => {
    const [stop, ack] = resting({ clientOrderId: 's', quantity: '0.1' })
    expect(planTexts(plan([T1], { mark: '48900', events: [stop!, ack!] }))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
    const half = plan([T1], { mark: '48900', events: resting({ clientOrderId: 's', quantity: '0.05' }) })
    expect(planTexts(half)).toEqual([
      'SELL stop 0.05 at 49000 for T1 0.05',
      'SELL takeProfit 0.05 at 52500 for T1 0.05',
      'SELL exit 0.05 (stop) for T1 0.05',
    ])
    expect(half.orders[0]?.isPassed).toBe(true)
  })

  it('is closed at market whole where what rests has not been passed: a stop moved above the mark', () => {
    const moved = { ...T1, stop: '50000' }
    const events = resting({ clientOrderId: 's', quantity: '0.1' })
    expect(planTexts(plan([moved], { mark: '49500', events }))).toEqual(['SELL exit 0.1 (stop) for T1 0.1'])
  })

  it('is not closed twice', () => {
    const exit = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.1' })
    expect(planTexts(plan([T1], { mark: '48900', events: [exit] }))).toEqual([])
  })
})

describe('instant take profit', () => {
  const past = { mark: '52600' }

  it('closes at market what a fresh mark has left behind', () => {
    expect(planTexts(plan([T1], past))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL exit 0.1 (takeProfit) for T1 0.1',
    ])
  })

  it('waits until the resting order is gone, and for its fills', () => {
    const events = resting({ clientOrderId: 't', purpose: 'takeProfit', quantity: '0.1' })
    expect(planTexts(plan([T1], { ...past, events }))).toEqual(['SELL stop 0.1 at 49000 for T1 0.1'])
    // the venue has ended it with 0.03 filled that are not booked yet: 0.07 are free
    const ending = eventOf('OrderEnding', 3, { clientOrderId: 't', status: 'cancelled', filledQuantity: '0.03' })
    expect(planTexts(plan([T1], { ...past, events: [...events, ending] })).slice(1)).toEqual([
      'SELL exit 0.07 (takeProfit) for T1 0.07',
    ])
  })

  it('closes every level that was passed, in ascending order', () => {
    expect(planTexts(plan([SCALED], past))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 3 0.03 at 54000 for T1 0.03',
      'SELL exit 0.04 (takeProfit 1) for T1 0.04',
      'SELL exit 0.03 (takeProfit 2) for T1 0.03',
    ])
  })

  it('goes on with a level that was reached though the mark has come back', () => {
    const levels = SCALED.levels?.map((level, index) => (index === 0 ? { ...level, hitTime: 5 } : level)) ?? []
    expect(planTexts(plan([{ ...SCALED, levels }])).at(-1)).toBe('SELL exit 0.04 (takeProfit 1) for T1 0.04')
  })

  it('leaves the order to rest when it is off', () => {
    expect(planTexts(plan([T1], { ...past, config: { instantTakeProfit: false } })).at(-1)).toBe(
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    )
  })
})

describe('combined protection', () => {
  const combined = { protection: 'COMBINED' } as const

  it.each([
    ['OLDEST', '52500', '49000'],
    ['NEWEST', '51975', '48510'],
    ['BEST_ENTRY', '51450', '48020'],
    ['AVERAGE', '51843.7', '48387.5'],
  ] as const)('%s: one pair for all, and a fail-safe at the worst stop', (slTpStrategy, takeProfit, stop) => {
    expect(planTexts(plan(THREE, { config: { ...combined, slTpStrategy } }))).toEqual([
      `SELL stop 0.004 at ${stop}`,
      'SELL failSafe all at 48020',
      `SELL takeProfit 0.004 at ${takeProfit}`,
    ])
  })

  it('names the tranche whose levels it took', () => {
    const { orders } = plan(THREE, { config: { ...combined, slTpStrategy: 'OLDEST' } })
    expect(orders.map((order) => order.reference)).toEqual(['T1', null, 'T1'])
  })

  it('keeps isolated tranches behind one further stop, the most protective of theirs, without a take profit', () => {
    const isolated = [{ ...THREE[0]!, isolated: true }, { ...THREE[1]!, isolated: true }, THREE[2]!]
    expect(planTexts(plan(isolated, { config: combined }))).toEqual([
      'SELL stop 0.003 at 49000 for T1 0.001 + T2 0.002',
      'SELL stop 0.001 at 48510',
      'SELL failSafe all at 48020',
      'SELL takeProfit 0.001 at 51975',
    ])
  })

  it('covers everything with the pair when it includes isolated tranches', () => {
    const isolated = THREE.map((tranche) => ({ ...tranche, isolated: true }))
    expect(planTexts(plan(isolated, { config: { ...combined, combinedIncludesIsolated: true } }))).toEqual([
      'SELL stop 0.004 at 48510',
      'SELL failSafe all at 48020',
      'SELL takeProfit 0.004 at 51975',
    ])
  })

  it('closes the pair at market when the mark has passed its stop', () => {
    expect(planTexts(plan(THREE, { mark: '48500', config: combined }))).toEqual([
      'SELL failSafe all at 48020',
      'SELL exit 0.004 (stop)',
    ])
  })

  it('has no fail-safe where that is switched off', () => {
    const { orders } = plan(THREE, { config: { ...combined, failSafeStop: false } })
    expect(orders.map((order) => order.purpose)).toEqual(['stop', 'takeProfit'])
  })
})

describe('stops below the minimum of the venue', () => {
  const instrument = { minQuantity: parseQuantity('0.1') }

  it('go with the nearest other stop, at the more protective trigger', () => {
    const three = [
      { ...T1, quantity: '0.05', stop: '48100', takeProfit: null },
      { ...T1, id: 'T2', quantity: '0.2', stop: '49000', takeProfit: null },
      { ...T1, id: 'T3', quantity: '0.2', stop: '48000', takeProfit: null },
    ]
    const small = plan(three, { instrument, config: { failSafeStop: false } })
    expect(planTexts(small)).toEqual([
      'SELL stop 0.2 at 49000 for T2 0.2',
      'SELL stop 0.25 at 48100 for T1 0.05 + T3 0.2',
    ])
    expect(small.degradation).toEqual({
      step: 'combineStops',
      sides: ['LONG'],
      reason: 'stops below the minimum quantity of the venue cannot rest alone',
    })
  })

  it('become a close-position stop where there is no other, whatever the option says', () => {
    const lone = plan([{ ...T1, quantity: '0.05' }], { instrument, config: { failSafeStop: false } })
    expect(planTexts(lone)).toEqual(['SELL failSafe all at 49000'])
    expect(uncoveredTexts(lone)).toEqual(['stop T1 0.05 belowMinimum', 'takeProfit T1 0.05 belowMinimum'])
  })
})

describe('one-way mode with tranches on both sides', () => {
  const both: readonly TrancheText[] = [
    { ...T1, quantity: '0.3' },
    { ...T1, id: 'T2', quantity: '0.2', stop: '49500', takeProfit: '51000' },
    { ...SHORT, id: 'T3', quantity: '0.2' },
  ]

  it('rests no more than the net position of 0.3 as exits of one kind, and covers all of it with a fail-safe', () => {
    const net = plan(both, { positionMode: 'ONE_WAY' })
    expect(planTexts(net)).toEqual([
      'SELL stop 0.2 at 49500 for T2 0.2',
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL failSafe all at 49000',
      'SELL takeProfit 0.2 at 51000 for T2 0.2',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
    expect(uncoveredTexts(net)).toEqual([
      'stop T1 0.2 oneWayNet',
      'takeProfit T1 0.2 oneWayNet',
      'stop T3 0.2 oneWayNet',
      'takeProfit T3 0.2 oneWayNet',
    ])
  })

  it('closes at market what is netted out when its stop is passed, without reduce-only', () => {
    const { exits } = plan(both, { positionMode: 'ONE_WAY', mark: '51000' })
    const shorts = exits.filter((exit) => exit.side === 'SHORT')
    expect(shorts).toMatchObject([{ orderSide: 'BUY', reduceOnly: false, reason: 'stop' }])
  })

  it('asks for everything in hedge mode', () => {
    expect(plan(both).uncovered).toEqual([])
  })
})

describe('what the venue holds less of than the book', () => {
  function checked(time: number): BookEvent {
    return eventOf('PositionChecked', time, {
      positionSide: 'LONG',
      quantity: '0.06',
      entryPrice: null,
      markPrice: null,
      ours: '0.1',
      status: 'drift',
      isSettled: true,
    })
  }

  it('is all that gets orders once the difference has settled, with a fail-safe over it', () => {
    const settled = plan([T1], { events: [checked(10), checked(4000)] })
    expect(planTexts(settled)).toEqual([
      'SELL stop 0.06 at 49000 for T1 0.06',
      'SELL failSafe all at 49000',
      'SELL takeProfit 0.06 at 52500 for T1 0.06',
    ])
    expect(uncoveredTexts(settled)[0]).toBe('stop T1 0.04 venueHoldsLess')
  })

  it.each([
    ['seen once', [checked(10)]],
    ['seen twice too soon', [checked(10), checked(2000)]],
  ])('changes nothing before: %s', (_name, events) => {
    expect(planTexts(plan([T1], { events }))[0]).toBe('SELL stop 0.1 at 49000 for T1 0.1')
  })
})

describe('stops that the venue refuses', () => {
  const refusals = (purpose: 'stop' | 'failSafe', times: number): BookEvent[] =>
    Array.from({ length: times }, (_, index) => {
      const clientOrderId = `${purpose}${index}`
      return [anOrder({ clientOrderId, purpose }), refused(clientOrderId)]
    }).flat()

  it('are tried three times before a close-position stop stands in', () => {
    expect(planTexts(plan([T1], { events: refusals('stop', 2) }))).toHaveLength(2)
    const third = plan([T1], { events: refusals('stop', 3) })
    expect(planTexts(third)).toContain('SELL failSafe all at 49000')
    expect(third.degradation).toEqual({
      step: 'closePosition',
      sides: ['LONG'],
      reason: '3 stops in a row were refused',
    })
  })

  it('are closed at market when the close-position stop is refused as well', () => {
    const events = [...refusals('stop', 3), ...refusals('failSafe', 3)]
    expect(planTexts(plan([T1], { events }))).toContain('SELL exit 0.1 (unprotectable) for T1 0.1')
  })

  it('are closed at market at once where a close-position stop would close what has no stop on purpose', () => {
    const events = refusals('stop', 3)
    const texts = planTexts(plan([T1, { ...T1, id: 'T2', stop: null, takeProfit: null }], { events }))
    expect(texts).toContain('SELL exit 0.1 (unprotectable) for T1 0.1')
    expect(texts.join()).not.toContain('failSafe')
  })
})
