import { describe, expect, it } from 'vitest'
import { aBook, aFill, anOrder, refused, resting } from '../../test/builders/book-builder.js'
import {
  actions,
  cancelling,
  compare,
  failSafe,
  PLACE_STOP,
  stop,
  takeProfit,
  unknown,
  waits,
} from '../../test/builders/compare-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { LONG, type PlanGiven, SHORT } from '../../test/builders/plan-builder.js'
import { actionTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import { decide } from '../decide/decide.js'
import { evolveAll } from '../evolve/copy-book.js'
import { parseQuantity } from '../money/quantity.js'
import { compareOrders } from './compare-orders.js'
import { planProtection } from './plan-protection.js'

describe('what rests as desired', () => {
  it('is kept', () => {
    const events = [...resting(stop('s')), ...resting(takeProfit('t'))]
    const compared = compare([LONG], { events })
    expect(compared.actions).toEqual([])
    expect(compared.kept.map((order) => order.clientOrderId)).toEqual(['s', 't'])
  })

  it('is not placed twice while it is intended, or its outcome unknown', () => {
    expect(actions([LONG], { events: [anOrder(stop('s')), ...resting(takeProfit('t')), unknown('t')] })).toEqual([])
  })

  it('is the one that works where another may', () => {
    const bare = { ...LONG, takeProfit: null }
    const compared = compare([bare], { events: [anOrder(stop('maybe')), ...resting(stop('sure'))] })
    expect(compared.kept.map((order) => order.clientOrderId)).toEqual(['sure'])
    expect(compared.actions).toEqual([])
  })

  it('is placed when it is missing, stop first', () => {
    expect(actions([LONG])).toEqual([PLACE_STOP, 'place SELL takeProfit 0.1 at 52500 for T1 0.1'])
  })

  it('is not placed again while one like it is being cancelled', () => {
    const events = [...resting(stop('s')), ...resting(takeProfit('t')), cancelling('s'), cancelling('t')]
    expect(actions([LONG], { events })).toEqual([])
    expect(waits([LONG], { events })).toEqual(['stop cancelUnderWay', 'takeProfit quantityStillWorking'])
  })

  it('is kept while it is filled in part: what matters is what is left', () => {
    const before = aBook([LONG], { events: [...resting(stop('s')), ...resting(takeProfit('t'))] })
    const context = contextOf()
    const filled = decide(before, aFill(before, { order: 't', quantity: '0.03', tradeId: '1' }), context)
    const book = evolveAll(before, filled)
    expect(actionTexts(compareOrders(planProtection(book, context, 0), book, context))).toEqual([
      'place SELL stop 0.07 at 49000 for T1 0.07',
    ])
  })

  it('is told apart from entries and exits, which are never touched', () => {
    const events = [
      ...resting(stop('s')),
      ...resting(takeProfit('t')),
      ...resting({ clientOrderId: 'e', purpose: 'entry', price: '48000', quantity: '1' }),
      ...resting({ clientOrderId: 'x', purpose: 'exit', quantity: '0', allocation: [] }),
    ]
    expect(actions([LONG], { events })).toEqual([])
  })
})

describe('where the venue has no room', () => {
  const two = [
    { ...LONG, takeProfit: null },
    { ...LONG, id: 'T2', stop: '48000', takeProfit: null },
  ]
  const stopOf2 = stop('b', { triggerPrice: '48000', allocation: [{ tranche: 'T2', quantity: '0.1' }] })
  const both = [...resting(stop('a')), ...resting(stopOf2)]

  it('the fail-safe goes first, so that everything is covered while stops are merged', () => {
    // room for three: two stops rest, one slot is free; three tranches need four with the slot
    const three = [...two, { ...LONG, id: 'T3', stop: '47990', takeProfit: null }]
    expect(actions(three, { events: both, instrument: { maxConditionalOrders: 3 } })).toEqual([
      'place SELL failSafe all at 47990',
    ])
  })

  it('a stale stop gives way in one step with its successor once the fail-safe rests', () => {
    const events = [...both, ...resting(failSafe('f', '48000'))]
    const config = { failSafeStop: true, protection: 'COMBINED', slTpStrategy: 'OLDEST' } as const
    expect(actions(two, { events, config, instrument: { maxConditionalOrders: 3 } })).toEqual([
      'cancel b then place SELL stop 0.2 at 49000',
    ])
  })

  it('nothing more is asked for while answers are outstanding', () => {
    const events = [...both, anOrder(failSafe('f', '48000'))]
    const config = { protection: 'COMBINED', slTpStrategy: 'OLDEST' } as const
    expect(actions(two, { events, config, instrument: { maxConditionalOrders: 3 } })).toEqual([])
    expect(waits(two, { events, config, instrument: { maxConditionalOrders: 3 } })).toEqual(['stop noRoom'])
  })

  it('what a cancel frees is waited for', () => {
    const moved = [two[0]!, { ...two[1]!, stop: '48500' }]
    const events = [...resting(stop('old', { triggerPrice: '48900' })), ...both]
    const given = { events, config: { failSafeStop: false }, instrument: { maxConditionalOrders: 3 } }
    expect(actions(moved, given)).toEqual(['cancel old (replaced)'])
    expect(waits(moved, given)).toEqual(['stop noRoom'])
  })

  it('a close-position stop that is wanted never gives way', () => {
    // stops were refused three times, so one has to rest; it stands at an old price while a stop is tried again
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder(stop(id)), refused(id, 100)])
    const given = {
      events: [...three, ...resting(failSafe('f', '48000'))],
      rest: { conditionalRoom: 0 },
      time: 10_100,
      markTime: 10_000,
    }
    expect(actions([two[0]!], given)).toEqual([PLACE_STOP])
    expect(waits([two[0]!], given)).toEqual(['failSafe finerStopsFirst'])
  })

  it('finer stops go once a close-position stop has taken their place', () => {
    const large = { ...LONG, quantity: '0.3', takeProfit: null }
    const instrument = { maxMarketQuantity: parseQuantity('0.1'), maxConditionalOrders: 2 }
    const finer = resting(stop('s'))
    expect(actions([large], { instrument, events: finer })).toEqual(['place SELL failSafe all at 49000'])
    expect(actions([large], { instrument, events: [...finer, anOrder(failSafe('f'))] })).toEqual([])
    expect(actions([large], { instrument, events: [...finer, ...resting(failSafe('f'))] })).toEqual([
      'cancel s (replaced)',
    ])
  })

  it('nor while a coarser stop is on its way', () => {
    const three = [...two, { ...LONG, id: 'T3', stop: '47900', takeProfit: null }]
    const parts = ['T1', 'T2'].map((tranche) => ({ tranche, quantity: '0.1' }))
    const events = [...resting(stop('a')), anOrder(stop('m', { quantity: '0.2', allocation: parts }))]
    const given = { events, config: { failSafeStop: false }, instrument: { maxConditionalOrders: 2 } }
    expect(actions(three, given)).toEqual([])
    expect(waits(three, given)).toEqual(['stop noRoom'])
  })

  describe('for the stop of one tranche beside the stale stop of another', () => {
    // One way: the SHORT nets T1's part of the joint stop away. Of what should rest, the last 0.001 of T2 is missing.
    const joint = [
      { ...LONG, quantity: '0.088', takeProfit: null },
      { ...LONG, id: 'T2', quantity: '0.363', stop: '49000.1', takeProfit: null },
      { ...SHORT, id: 'T3', quantity: '0.150', takeProfit: null },
    ]
    const at = { triggerPrice: '49000.1', reduceOnly: true }
    const ofT2 = { ...at, quantity: '0.150', allocation: [{ tranche: 'T2', quantity: '0.150' }] }
    const given = (stale: string, guards: readonly BookEvent[], maxConditionalOrders: number): PlanGiven => ({
      positionMode: 'ONE_WAY',
      instrument: { maxMarketQuantity: parseQuantity('0.15'), maxConditionalOrders },
      events: [
        ...resting(stop('a', ofT2)),
        ...resting(stop('b', ofT2)),
        ...resting(stop('old', { ...at, quantity: stale })),
        ...guards,
      ],
    })
    const place = (quantity: string): string => `place SELL stop ${quantity} at 49000.1 for T2 ${quantity}`

    it('anything stale gives way where a close-position stop rests', () => {
      const guard = resting(failSafe('f'))
      expect(actions(joint, given('0.001', guard, 4))).toEqual([`cancel old then ${place('0.001')}`])
      expect(actions(joint, given('0.002', guard, 4))).toEqual([`cancel old then ${place('0.001')}`])
    })

    it('else only what closes no more; for the rest the venue has the last word', () => {
      const bare = [...joint, { ...LONG, id: 'T4', quantity: '0.001', stop: null, takeProfit: null }]
      expect(actions(bare, given('0.002', [], 3))).toEqual([`cancel old then ${place('0.002')}`])
      expect(actions(bare, given('0.003', [], 3))).toEqual([place('0.002')])
    })
  })

  it('and nothing can give way, the venue has the last word', () => {
    expect(actions([{ ...LONG, takeProfit: null }], { rest: { conditionalRoom: 0 } })).toEqual([PLACE_STOP])
  })

  it('nor does the close-position stop of a rest too small to be sold, whose own stop the mark has passed', () => {
    const dust = { ...LONG, quantity: '0.0005', stop: '51000', takeProfit: null }
    const other = { ...SHORT, id: 'T2', quantity: '0.151', takeProfit: null }
    const large = stop('s', {
      side: 'SHORT',
      triggerPrice: '51000',
      quantity: '0.15',
      allocation: [{ tranche: 'T2', quantity: '0.15' }],
    })
    const instrument = {
      minQuantity: parseQuantity('0.001'),
      maxMarketQuantity: parseQuantity('0.15'),
      maxConditionalOrders: 2,
    }
    const events = [...resting(failSafe('f', '49890')), ...resting(large)]
    expect(actions([dust, other], { events, instrument, config: { failSafeStop: false } })).toEqual([
      'place BUY stop 0.001 at 51000 for T2 0.001',
    ])
  })
})
