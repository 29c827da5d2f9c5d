import { describe, expect, it } from 'vitest'
import { anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import { LONG, planOf, SCALED, SHORT } from '../../test/builders/plan-builder.js'
import { planTexts, uncoveredTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { parseQuantity } from '../money/quantity.js'

describe('protection tranche by tranche', () => {
  it('puts a stop and a take profit behind each tranche', () => {
    const { orders } = planOf([LONG, { ...LONG, id: 'T2', quantity: '0.2', stop: '48000', takeProfit: null }])
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
    expect(planTexts(planOf([SHORT]))).toEqual([
      'BUY stop 0.01 at 51000 for T1 0.01',
      'BUY takeProfit 0.01 at 47500 for T1 0.01',
    ])
  })

  it('names the net position and reduce-only in one-way mode, and never in hedge mode', () => {
    for (const order of planOf([LONG], { positionMode: 'ONE_WAY' }).orders)
      expect(order).toMatchObject({ positionSide: 'BOTH', reduceOnly: true })
    for (const order of planOf([LONG]).orders) expect(order).toMatchObject({ positionSide: 'LONG', reduceOnly: false })
  })

  it('rounds to the tick toward the entry: an earlier stop, an earlier fill', () => {
    const off = { stop: '49000.01', takeProfit: '52500.09' }
    expect(planTexts(planOf([{ ...LONG, ...off }]))).toEqual([
      'SELL stop 0.1 at 49000.1 for T1 0.1',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
    expect(planTexts(planOf([{ ...SHORT, stop: '51000.09', takeProfit: '47500.01' }]))).toEqual([
      'BUY stop 0.01 at 51000 for T1 0.01',
      'BUY takeProfit 0.01 at 47500.1 for T1 0.01',
    ])
  })

  it('rounds nothing where tick and step are unknown', () => {
    const odd = { ...LONG, quantity: '0.123456789012', stop: '49000.000000000001', takeProfit: null }
    expect(planTexts(planOf([odd], { instrument: unknownInstrument('BTCUSDT') }))).toEqual([
      'SELL stop 0.123456789012 at 49000.000000000001 for T1 0.123456789012',
    ])
  })

  it('rests what is below a step at market behind the next stop, where both make a step (seed 4306073)', () => {
    const passed = { ...LONG, quantity: '0.002', stop: '50500', takeProfit: null }
    const below = { ...LONG, id: 'T3', quantity: '0.748', stop: '47790', takeProfit: null }
    const instrument = { stepSize: parseQuantity('0.01'), minQuantity: parseQuantity('0.01') }
    const plan = planOf([passed, below], { instrument, mark: '50000' })
    expect(planTexts(plan)).toEqual(['SELL stop 0.75 at 47790 for T3 0.748 + T1 0.002'])
    expect(uncoveredTexts(plan)).toEqual([])
    const alone = planOf([passed, { ...below, quantity: '0.74' }], { instrument, mark: '50000' })
    expect(planTexts(alone)).toEqual(['SELL stop 0.74 at 47790 for T3 0.74'])
    expect(uncoveredTexts(alone)).toEqual(['exit T1 0.002 belowStep'])
  })

  it('rests what is below the minimum at market behind the next stop, and nothing where there is none', () => {
    const passed = { ...LONG, quantity: '0.006', stop: '50500', takeProfit: null }
    const next = { ...LONG, id: 'T2', quantity: '0.1', stop: '49000', takeProfit: null }
    const last = { ...LONG, id: 'T3', quantity: '0.2', stop: '48000', takeProfit: null }
    const instrument = { minQuantity: parseQuantity('0.01') }
    const plan = planOf([passed, next, last], { instrument, mark: '50000' })
    expect(planTexts(plan)).toEqual([
      'SELL stop 0.106 at 49000 for T2 0.1 + T1 0.006',
      'SELL stop 0.2 at 48000 for T3 0.2',
    ])
    expect(uncoveredTexts(plan)).toEqual([])
    const alone = planOf([passed], { instrument, mark: '50000' })
    expect(planTexts(alone)).toEqual([])
    expect(uncoveredTexts(alone)).toEqual(['exit T1 0.006 belowMinimum'])
  })

  it('splits above the maximum into orders that sum exactly: stops by the market maximum, take profits by the other', () => {
    const large = { ...LONG, quantity: '250' }
    const instrument = { maxMarketQuantity: parseQuantity('120'), maxQuantity: parseQuantity('200') }
    expect(planTexts(planOf([large], { instrument }))).toEqual([
      'SELL stop 120 at 49000 for T1 120',
      'SELL stop 120 at 49000 for T1 120',
      'SELL stop 10 at 49000 for T1 10',
      'SELL takeProfit 200 at 52500 for T1 200',
      'SELL takeProfit 50 at 52500 for T1 50',
    ])
  })

  it('leaves a residue below one step with its tranche, and says so', () => {
    const dusty = planOf([{ ...LONG, quantity: '0.0015' }])
    expect(planTexts(dusty)).toEqual([
      'SELL stop 0.001 at 49000 for T1 0.001',
      'SELL takeProfit 0.001 at 52500 for T1 0.001',
    ])
    expect(uncoveredTexts(dusty)).toEqual(['stop T1 0.0005 belowStep', 'takeProfit T1 0.0005 belowMinimum'])
  })

  it('puts residues that make a whole step together under the next stop', () => {
    const two = [
      { ...LONG, quantity: '0.0015', takeProfit: null },
      { ...LONG, id: 'T2', quantity: '0.0015', stop: '48000', takeProfit: null },
    ]
    expect(planTexts(planOf(two))).toEqual([
      'SELL stop 0.001 at 49000 for T1 0.001',
      'SELL stop 0.002 at 48000 for T2 0.0015 + T1 0.0005',
    ])
    expect(planOf(two).uncovered).toEqual([])
  })

  it('says which tranche has no stop on purpose', () => {
    const bare = planOf([LONG, { ...LONG, id: 'T2', stop: null }])
    expect(uncoveredTexts(bare)).toEqual(['stop T2 0.1 noStop'])
    expect(bare.degradation).toBeNull()
  })

  it('has nothing for an empty book', () => {
    expect(planOf([])).toEqual({
      orders: [],
      exits: [],
      leaving: [],
      degradation: null,
      uncovered: [],
      mark: 50000n * 10n ** 12n,
      passed: { LONG: null, SHORT: null },
      time: 0,
    })
  })
})

describe('large stops without room', () => {
  it('become one close-position stop at the most protective trigger', () => {
    const two = [
      { ...LONG, quantity: '0.3', takeProfit: null },
      { ...LONG, id: 'T2', quantity: '0.3', stop: '48000', takeProfit: null },
    ]
    const instrument = { maxMarketQuantity: parseQuantity('0.1'), maxConditionalOrders: 3 }
    expect(planTexts(planOf(two, { instrument }))).toEqual(['SELL failSafe all at 49000'])
  })
})

describe('exits in flight', () => {
  it('are taken from the take profits and, until they fill, not from the stop', () => {
    const exit = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.04' })
    const events = [{ ...exit, allocation: [{ tranche: 'T1', quantity: '0.04' }] }]
    expect(planTexts(planOf([LONG], { events }))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 0.06 at 52500 for T1 0.06',
    ])
    // the farthest levels give first: 0.06 = 0.04 + 0.02
    expect(planTexts(planOf([SCALED], { events })).slice(1)).toEqual([
      'SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'SELL takeProfit 2 0.02 at 52500 for T1 0.02',
    ])
  })

  it('without an allocation are taken from the oldest', () => {
    const events = [anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.15', allocation: [] })]
    const two = [LONG, { ...LONG, id: 'T2' }]
    expect(planTexts(planOf(two, { events })).slice(2)).toEqual(['SELL takeProfit 0.05 at 52500 for T2 0.05'])
  })
})

describe('stops that the venue refuses', () => {
  const refusals = (purpose: 'stop' | 'failSafe', times: number): BookEvent[] =>
    Array.from({ length: times }, (_, index) => {
      const clientOrderId = `${purpose}${index}`
      return [anOrder({ clientOrderId, purpose }), refused(clientOrderId)]
    }).flat()

  it('are tried three times before a close-position stop stands in', () => {
    expect(planTexts(planOf([LONG], { events: refusals('stop', 2) }))).toHaveLength(2)
    const third = planOf([LONG], { events: refusals('stop', 3) })
    expect(planTexts(third)).toContain('SELL failSafe all at 49000')
    expect(third.degradation).toEqual({
      step: 'closePosition',
      sides: ['LONG'],
      reason: '3 stops in a row were refused',
    })
  })

  it('are closed at market when the close-position stop is refused as well', () => {
    const events = [...refusals('stop', 3), ...refusals('failSafe', 3)]
    expect(planTexts(planOf([LONG], { events }))).toContain('SELL exit 0.1 (unprotectable) for T1 0.1')
  })

  it('are tried again after a pause before anything is closed for want of them: the refusals may be those of another tranche', () => {
    const events = [...refusals('stop', 3), ...refusals('failSafe', 3)]
    const time = 10_002
    const plan = planOf([LONG], { events, time, markTime: time })
    expect(plan.exits).toEqual([])
    expect(planTexts(plan)).toContain('SELL stop 0.1 at 49000 for T1 0.1')
  })

  it('are left to a close-position stop that rests, however often another was refused', () => {
    const guard = resting({ clientOrderId: 'f', purpose: 'failSafe', quantity: null })
    const events = [...guard, ...refusals('stop', 3), ...refusals('failSafe', 3)]
    expect(planOf([LONG], { events }).exits).toEqual([])
  })

  it('are closed at market at once where a close-position stop would close what has no stop on purpose', () => {
    const events = refusals('stop', 3)
    const texts = planTexts(planOf([LONG, { ...LONG, id: 'T2', stop: null, takeProfit: null }], { events }))
    expect(texts).toContain('SELL exit 0.1 (unprotectable) for T1 0.1')
    expect(texts.join()).not.toContain('failSafe')
  })
})

describe('a stop of which nobody knows whether the venue has it', () => {
  const asked = anOrder({ clientOrderId: 's1', quantity: '0.1' })
  const doubt = eventOf('OrderOutcomeUnknown', 2, { clientOrderId: 's1', message: 'no answer' })

  it('has a close-position stop beside it until that is known', () => {
    const doubtful = planOf([LONG], { events: [asked, doubt] })
    expect(planTexts(doubtful)).toContain('SELL failSafe all at 49000')
    expect(doubtful.degradation).toEqual({
      step: 'closePosition',
      sides: ['LONG'],
      reason: 'nobody knows yet whether the venue has 1 of the stops',
    })
    const known = eventOf('OrderAcknowledged', 3, { clientOrderId: 's1', venueOrderId: '7' })
    expect(planTexts(planOf([LONG], { events: [asked, doubt, known] })).join()).not.toContain('failSafe')
  })

  it('stays alone where a close-position stop would close what has no stop on purpose', () => {
    const bare = { ...LONG, id: 'T2', stop: null, takeProfit: null }
    expect(planTexts(planOf([LONG, bare], { events: [asked, doubt] })).join()).not.toContain('failSafe')
  })
})
