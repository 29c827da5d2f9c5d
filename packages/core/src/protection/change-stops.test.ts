import { describe, expect, it } from 'vitest'
import { anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { actions, failSafe, PLACE_STOP, stop, unknown, waits } from '../../test/builders/compare-builder.js'
import { LONG, SHORT } from '../../test/builders/plan-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'

describe('a stop that changes', () => {
  const moved = { ...LONG, stop: '49500', takeProfit: null }
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
    const less = { ...LONG, quantity: '0.06', takeProfit: null }
    expect(actions([less], { events: old })).toEqual(['place SELL stop 0.06 at 49000 for T1 0.06'])
    const rests = [...old, ...resting(stop('new', { quantity: '0.06' }))]
    expect(actions([less], { events: rests })).toEqual(['cancel old (replaced)'])
  })

  it('waits for one on its way that covers as much: a burst of fills becomes one resize', () => {
    const less = { ...LONG, quantity: '0.05', takeProfit: null }
    const events = [...old, anOrder(stop('new', { quantity: '0.06' }))]
    expect(actions([less], { events })).toEqual([])
    expect(waits([less], { events })).toEqual(['stop outcomePending'])
  })

  it('does not wait for one on its way that covers less', () => {
    const more = { ...LONG, quantity: '0.2', takeProfit: null }
    expect(actions([more], { events: [anOrder(stop('new'))] })).toEqual(['place SELL stop 0.2 at 49000 for T1 0.2'])
  })

  it('is not placed where a fresh mark has passed it and an order of another trigger may be triggering', () => {
    const events = resting(stop('s', { triggerPrice: '49200' }))
    expect(actions([{ ...LONG, takeProfit: null }], { events, mark: '48900' })).toEqual([])
    expect(waits([{ ...LONG, takeProfit: null }], { events, mark: '48900' })).toEqual(['stop wouldTrigger'])
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

  it('goes where nothing may rest for its tranche: without a stop on purpose, or below one step', () => {
    const bare = { ...LONG, takeProfit: null }
    expect(actions([{ ...bare, stop: null }], { events: old })).toEqual(['cancel old (replaced)'])
    const lower = resting(stop('lower', { triggerPrice: '48000' }))
    expect(actions([{ ...bare, quantity: '0.1005' }], { events: [...old, ...lower] })).toEqual([
      'cancel lower (replaced)',
    ])
  })

  it('takes the room of a close-position stop that nothing wants, in one step', () => {
    const given = { events: resting(failSafe('f')), rest: { conditionalRoom: 0 }, config: { failSafeStop: false } }
    expect(actions([{ ...LONG, takeProfit: null }], { ...given, instrument: { maxConditionalOrders: 1 } })).toEqual([
      `cancel f then ${PLACE_STOP}`,
    ])
  })

  it('stays while the market exit that replaces it is under way', () => {
    const exit = anOrder(stop('x', { purpose: 'exit' }))
    expect(actions([{ ...LONG, stop: '50000', takeProfit: null }], { events: [...old, exit], mark: '49500' })).toEqual(
      [],
    )
  })

  it('goes where the sides net to nothing, though a passed stop cannot be closed at market', () => {
    const long = { ...LONG, quantity: '0.001', stop: '50000', takeProfit: null }
    const short = { ...SHORT, id: 'T2', quantity: '0.001', takeProfit: null }
    const given = { positionMode: 'ONE_WAY', events: old, mark: '49500' } as const
    expect(actions([long, short], given)).toEqual(['cancel old (replaced)'])
  })

  it('is tried again at most once per reconciliation interval after three refusals', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder(stop(id)), refused(id, 100)])
    const events = [...three, ...resting(failSafe('f'))]
    const bare = { ...LONG, takeProfit: null }
    expect(waits([bare], { events, time: 10_099, markTime: 10_000 })).toEqual(['stop retryLater'])
    expect(actions([bare], { events, time: 10_100, markTime: 10_000 })).toEqual([PLACE_STOP])
  })
})
