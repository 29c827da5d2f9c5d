import { describe, expect, it } from 'vitest'
import {
  aBook,
  aFill,
  anOrder,
  type OrderText,
  refused,
  resting,
  type TrancheText,
} from '../../test/builders/book-builder.js'
import { type ContextChanges, contextOf } from '../../test/builders/context-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import { actionTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import { parseQuantity } from '../money/quantity.js'
import { decide } from '../decide/decide.js'
import { evolveAll } from '../evolve/copy-book.js'
import { compareOrders } from './compare-orders.js'
import { planProtection } from './plan-protection.js'
import type { ProtectionActions } from './protection-actions.js'

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000', takeProfit: '52500' }

const stop = (clientOrderId: string, changes: Partial<OrderText> = {}): OrderText => ({
  clientOrderId,
  quantity: '0.1',
  ...changes,
})
const takeProfit = (clientOrderId: string, changes: Partial<OrderText> = {}): OrderText =>
  stop(clientOrderId, { purpose: 'takeProfit', ...changes })
const failSafe = (clientOrderId: string, triggerPrice = '49000'): OrderText =>
  stop(clientOrderId, { purpose: 'failSafe', quantity: null, triggerPrice })
const cancelling = (clientOrderId: string): BookEvent =>
  eventOf('CancelIntended', 3, { clientOrderId, reason: 'replaced' })
const unknown = (clientOrderId: string): BookEvent =>
  eventOf('OrderOutcomeUnknown', 3, { clientOrderId, message: null })

interface Given extends ContextChanges {
  readonly events?: readonly BookEvent[]
  readonly time?: number
}

function compare(tranches: readonly TrancheText[], given: Given = {}): ProtectionActions {
  const book = aBook(tranches, { events: given.events ?? [] })
  const context = contextOf(given)
  return compareOrders(planProtection(book, context, given.time ?? 0), book, context)
}

function actions(tranches: readonly TrancheText[], given: Given = {}): string[] {
  return actionTexts(compare(tranches, given))
}

function waits(tranches: readonly TrancheText[], given: Given = {}): string[] {
  return compare(tranches, given).waiting.map(({ order, because }) => `${order.purpose} ${because}`)
}

const PLACE_STOP = 'place SELL stop 0.1 at 49000 for T1 0.1'
const PLACE_TARGET = 'place SELL takeProfit 0.1 at 52500 for T1 0.1'

describe('what rests as desired', () => {
  it('is kept', () => {
    const events = [...resting(stop('s')), ...resting(takeProfit('t'))]
    const compared = compare([T1], { events })
    expect(compared.actions).toEqual([])
    expect(compared.kept.map((order) => order.clientOrderId)).toEqual(['s', 't'])
  })

  it('is not placed twice while it is intended, or its outcome unknown', () => {
    expect(actions([T1], { events: [anOrder(stop('s')), ...resting(takeProfit('t')), unknown('t')] })).toEqual([])
  })

  it('is the one that works where another may', () => {
    const bare = { ...T1, takeProfit: null }
    const compared = compare([bare], { events: [anOrder(stop('maybe')), ...resting(stop('sure'))] })
    expect(compared.kept.map((order) => order.clientOrderId)).toEqual(['sure'])
    expect(compared.actions).toEqual([])
  })

  it('is placed when it is missing, stop first', () => {
    expect(actions([T1])).toEqual([PLACE_STOP, PLACE_TARGET])
  })

  it('is not placed again while one like it is being cancelled', () => {
    const events = [...resting(stop('s')), ...resting(takeProfit('t')), cancelling('s'), cancelling('t')]
    expect(actions([T1], { events })).toEqual([])
    expect(waits([T1], { events })).toEqual(['stop cancelUnderWay', 'takeProfit quantityStillWorking'])
  })

  it('is kept while it is filled in part: what matters is what is left', () => {
    const before = aBook([T1], { events: [...resting(stop('s')), ...resting(takeProfit('t'))] })
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
    expect(actions([T1], { events })).toEqual([])
  })
})

describe('a stop that changes', () => {
  const moved = { ...T1, stop: '49500', takeProfit: null }
  const old = resting(stop('old'))

  it('is placed anew first; the old one stays until the new one rests', () => {
    expect(actions([moved], { events: old })).toEqual(['place SELL stop 0.1 at 49500 for T1 0.1'])
    const intended = [...old, anOrder(stop('new', { triggerPrice: '49500' }))]
    expect(actions([moved], { events: intended })).toEqual([])
    const rests = [...old, ...resting(stop('new', { triggerPrice: '49500' }))]
    expect(actions([moved], { events: rests })).toEqual(['cancel old (replaced)'])
  })

  it('keeps the old one when the new one is refused', () => {
    const events = [...old, anOrder(stop('new', { triggerPrice: '49500' })), refused('new')]
    expect(actions([moved], { events })).toEqual(['place SELL stop 0.1 at 49500 for T1 0.1'])
  })

  it('shrinks with its tranche, place first', () => {
    const less = { ...T1, quantity: '0.06', takeProfit: null }
    expect(actions([less], { events: old })).toEqual(['place SELL stop 0.06 at 49000 for T1 0.06'])
    const rests = [...old, ...resting(stop('new', { quantity: '0.06' }))]
    expect(actions([less], { events: rests })).toEqual(['cancel old (replaced)'])
  })

  it('waits for one on its way that covers as much: a burst of fills becomes one resize', () => {
    const less = { ...T1, quantity: '0.05', takeProfit: null }
    const events = [...old, anOrder(stop('new', { quantity: '0.06' }))]
    expect(actions([less], { events })).toEqual([])
    expect(waits([less], { events })).toEqual(['stop outcomePending'])
  })

  it('does not wait for one on its way that covers less', () => {
    const more = { ...T1, quantity: '0.2', takeProfit: null }
    expect(actions([more], { events: [anOrder(stop('new'))] })).toEqual(['place SELL stop 0.2 at 49000 for T1 0.2'])
  })

  it('is not placed where a fresh mark has passed it and an order of another trigger may be triggering', () => {
    const events = resting(stop('s', { triggerPrice: '49200' }))
    expect(actions([{ ...T1, takeProfit: null }], { events, mark: '48900' })).toEqual([])
    expect(waits([{ ...T1, takeProfit: null }], { events, mark: '48900' })).toEqual(['stop wouldTrigger'])
  })

  it('of a tranche that is gone is cancelled', () => {
    expect(actions([], { events: old })).toEqual(['cancel old (obsolete)'])
  })

  it('is left alone once it has triggered, while it is intended, and while its outcome is unknown', () => {
    const triggered = eventOf('OrderTriggered', 3, { clientOrderId: 'old', childOrderId: '77' })
    expect(actions([], { events: [...old, triggered] })).toEqual([])
    expect(actions([], { events: [anOrder(stop('old'))] })).toEqual([])
    expect(actions([], { events: [...old, unknown('old')] })).toEqual([])
  })

  it('stays while the market exit that replaces it is under way', () => {
    const exit = anOrder(stop('x', { purpose: 'exit' }))
    expect(actions([{ ...T1, stop: '50000', takeProfit: null }], { events: [...old, exit], mark: '49500' })).toEqual([])
  })

  it('is tried again at most once per reconciliation interval after three refusals', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder(stop(id)), refused(id, 100)])
    const events = [...three, ...resting(failSafe('f'))]
    const bare = { ...T1, takeProfit: null }
    expect(waits([bare], { events, time: 10_099, markTime: 10_000 })).toEqual(['stop retryLater'])
    expect(actions([bare], { events, time: 10_100, markTime: 10_000 })).toEqual([PLACE_STOP])
  })
})

describe('take profits that change', () => {
  const bare = { ...T1, stop: null }

  it('are cancelled first; the successor waits until what may still fill is known', () => {
    const moved = { ...bare, takeProfit: '53000' }
    const old = resting(takeProfit('old'))
    expect(actions([moved], { events: old })).toEqual(['cancel old (replaced)'])
    expect(actions([moved], { events: [...old, cancelling('old')] })).toEqual([])
    // ended with 0.04 filled that are not booked yet: 0.06 would be free, the plan still says 0.1
    const ending = eventOf('OrderEnding', 4, { clientOrderId: 'old', status: 'cancelled', filledQuantity: '0.04' })
    expect(waits([moved], { events: [...old, cancelling('old'), ending] })).toEqual(['takeProfit quantityStillWorking'])
    const after = [
      ...old,
      eventOf('OrderClosed', 5, { clientOrderId: 'old', status: 'cancelled', filledQuantity: '0' }),
    ]
    expect(actions([moved], { events: after })).toEqual(['place SELL takeProfit 0.1 at 53000 for T1 0.1'])
  })

  it('place only the levels that fit beside what may still fill', () => {
    const scaled = {
      ...bare,
      levels: [levelText('3', '51500', '0.04'), levelText('5', '52500', '0.06')],
    }
    const events = resting(takeProfit('old', { quantity: '0.05', price: '53000' }))
    expect(actions([scaled], { events })).toEqual([
      'place SELL takeProfit 1 0.04 at 51500 for T1 0.04',
      'cancel old (replaced)',
    ])
  })

  it('give way to a market exit that is being intended', () => {
    const events = resting(takeProfit('old'))
    expect(actions([T1], { events, mark: '48900' })).toEqual(['cancel old (replaced)'])
  })

  it('are not placed beside a market exit and an old take profit that together close everything', () => {
    // half of the stop rests and may be triggering, the other half leaves at market; the old take profit still has 0.05
    const events = [
      ...resting(stop('s', { quantity: '0.05' })),
      ...resting(takeProfit('old', { quantity: '0.05', price: '53000' })),
    ]
    expect(actions([T1], { events, mark: '48900' })).toEqual(['cancel old (replaced)'])
    expect(waits([T1], { events, mark: '48900' })).toEqual(['takeProfit quantityStillWorking'])
  })

  it('of a tranche that is gone are cancelled', () => {
    expect(actions([], { events: resting(takeProfit('old')) })).toEqual(['cancel old (obsolete)'])
  })
})

describe('the close-position stop', () => {
  const combined = { protection: 'COMBINED' } as const
  const tranche = { ...T1, takeProfit: null }
  const pair = resting(stop('s', { allocation: [] }))

  it('is placed beside the finer stops', () => {
    expect(actions([tranche], { config: combined, events: pair })).toEqual(['place SELL failSafe all at 49000'])
  })

  it('moves by cancel and place in one step, since a second one is refused', () => {
    const events = [...pair, ...resting(failSafe('f', '48000'))]
    expect(actions([tranche], { config: combined, events })).toEqual(['cancel f then place SELL failSafe all at 49000'])
  })

  it('does not move before the finer stops rest', () => {
    const events = [anOrder(stop('s', { allocation: [] })), ...resting(failSafe('f', '48000'))]
    expect(actions([tranche], { config: combined, events })).toEqual([])
    expect(waits([tranche], { config: combined, events })).toEqual(['failSafe finerStopsFirst'])
  })

  it('is not placed where a fresh mark has passed even the worst stop', () => {
    const given = { config: combined, mark: '48900' }
    expect(actions([tranche], given)).toEqual([])
    expect(waits([tranche], given)).toEqual(['failSafe wouldTrigger'])
  })

  it('waits while the old one may still be working', () => {
    const events = [...pair, ...resting(failSafe('f', '48000')), cancelling('f')]
    expect(waits([tranche], { config: combined, events })).toEqual(['failSafe cancelUnderWay'])
  })

  it('goes when nothing wants it, but only while finer stops cover', () => {
    const own = resting(stop('s'))
    expect(actions([tranche], { events: [...own, ...resting(failSafe('f'))] })).toEqual(['cancel f (obsolete)'])
    expect(actions([tranche], { events: resting(failSafe('f')) })).toEqual([PLACE_STOP])
  })
})

describe('where the venue has no room', () => {
  const two = [
    { ...T1, takeProfit: null },
    { ...T1, id: 'T2', stop: '48000', takeProfit: null },
  ]
  const stopOf2 = stop('b', { triggerPrice: '48000', allocation: [{ tranche: 'T2', quantity: '0.1' }] })
  const both = [...resting(stop('a')), ...resting(stopOf2)]

  it('the fail-safe goes first, so that everything is covered while stops are merged', () => {
    // room for three: two stops rest, one slot is free; three tranches need four with the slot
    const three = [...two, { ...T1, id: 'T3', stop: '47990', takeProfit: null }]
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
    const large = { ...T1, quantity: '0.3', takeProfit: null }
    const instrument = { maxMarketQuantity: parseQuantity('0.1'), maxConditionalOrders: 2 }
    const finer = resting(stop('s'))
    expect(actions([large], { instrument, events: finer })).toEqual(['place SELL failSafe all at 49000'])
    expect(actions([large], { instrument, events: [...finer, anOrder(failSafe('f'))] })).toEqual([])
    expect(actions([large], { instrument, events: [...finer, ...resting(failSafe('f'))] })).toEqual([
      'cancel s (replaced)',
    ])
  })

  it('nor while a coarser stop is on its way', () => {
    const three = [...two, { ...T1, id: 'T3', stop: '47900', takeProfit: null }]
    const parts = ['T1', 'T2'].map((tranche) => ({ tranche, quantity: '0.1' }))
    const events = [...resting(stop('a')), anOrder(stop('m', { quantity: '0.2', allocation: parts }))]
    const given = { events, config: { failSafeStop: false }, instrument: { maxConditionalOrders: 2 } }
    expect(actions(three, given)).toEqual([])
    expect(waits(three, given)).toEqual(['stop noRoom'])
  })

  it('and nothing can give way, the venue has the last word', () => {
    expect(actions([{ ...T1, takeProfit: null }], { rest: { conditionalRoom: 0 } })).toEqual([PLACE_STOP])
  })
})
