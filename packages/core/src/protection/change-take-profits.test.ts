import { describe, expect, it } from 'vitest'
import { anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { actions, cancelling, stop, takeProfit, waits } from '../../test/builders/compare-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import { LONG } from '../../test/builders/plan-builder.js'

describe('take profits that change', () => {
  const bare = { ...LONG, stop: null }

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
    expect(actions([LONG], { events, mark: '48900' })).toEqual(['cancel old (replaced)'])
  })

  it('are not placed beside a market exit and an old take profit that together close everything', () => {
    // half of the stop rests and may be triggering, the other half leaves at market; the old take profit still has 0.05
    const events = [
      ...resting(stop('s', { quantity: '0.05' })),
      ...resting(takeProfit('old', { quantity: '0.05', price: '53000' })),
    ]
    expect(actions([LONG], { events, mark: '48900' })).toEqual(['cancel old (replaced)'])
    expect(waits([LONG], { events, mark: '48900' })).toEqual(['takeProfit quantityStillWorking'])
  })

  it('are tried again at most once per reconciliation interval after three refusals', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder(takeProfit(id)), refused(id, 100)])
    const given = { events: [...resting(stop('s')), ...three], markTime: 10_000 }
    expect(actions([LONG], { ...given, time: 10_099 })).toEqual([])
    expect(waits([LONG], { ...given, time: 10_099 })).toEqual(['takeProfit retryLater'])
    expect(actions([LONG], { ...given, time: 10_100 })).toEqual(['place SELL takeProfit 0.1 at 52500 for T1 0.1'])
  })

  it('of a tranche that is gone are cancelled', () => {
    expect(actions([], { events: resting(takeProfit('old')) })).toEqual(['cancel old (obsolete)'])
  })
})
