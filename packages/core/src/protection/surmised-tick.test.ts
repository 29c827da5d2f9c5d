import { describe, expect, it } from 'vitest'
import { aBook, anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import { LONG, planOf, SHORT } from '../../test/builders/plan-builder.js'
import { planTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import { unknownInstrument } from '../instrument/instrument.js'
import { formatPrice, parsePrice } from '../money/price.js'
import { planProtection } from './plan-protection.js'
import { pricesTaken, surmisedTick } from './surmised-tick.js'

const BLIND = { ...unknownInstrument('BTCUSDT'), isTrading: false }

describe('a surmised tick', () => {
  it.each([
    ['nothing known: four digits', '49120.932', [], '10'],
    ['nothing known: four digits', '9.99', [], '0.001'],
    ['nothing known: four digits', '0.000012345678', [], '0.00000001'],
    ['as fine as prices that the venue has taken', '49120.932', ['50000', '49012.3'], '0.1'],
    ['as coarse as they are, up to half a percent', '0.026558', ['0.0271', '0.03'], '0.0001'],
    ['as coarse as they are, up to half a percent', '49120.932', ['50000'], '100'],
  ])('%s near %s', (_, near, taken, tick) => {
    expect(formatPrice(surmisedTick(parsePrice(near), taken.map(parsePrice)))).toBe(tick)
  })

  it('is read off what rests or has rested, never off what was refused', () => {
    const accepted = (clientOrderId: string): BookEvent =>
      eventOf('OrderAcknowledged', 2, { clientOrderId, venueOrderId: '7' })
    const book = aBook([LONG], {
      events: [
        anOrder({ clientOrderId: 'a', triggerPrice: '49012.3' }),
        accepted('a'),
        anOrder({ clientOrderId: 'b', triggerPrice: '49012.345678' }),
        refused('b'),
      ],
    })
    expect(pricesTaken(book).map(formatPrice)).toEqual(['49012.3'])
  })
})

describe('orders of a symbol whose filters cannot be read', () => {
  it('are at prices with four digits, away from the entry', () => {
    const long = { ...LONG, stop: '49120.932', takeProfit: '52629.57' }
    const short = { ...SHORT, id: 'T2', stop: '51125.868', takeProfit: '47617.23' }
    const at = planTexts(planOf([long, short], { instrument: BLIND })).join('\n')
    for (const price of ['49120', '52630', '51130', '47610']) expect(at).toContain(` ${price} `)
  })

  it('stay where they rest', () => {
    const stop = { clientOrderId: 's', quantity: '0.1', triggerPrice: '49012.3' }
    const accepted = eventOf('OrderAcknowledged', 2, { clientOrderId: 's', venueOrderId: '7' })
    const book = aBook([{ ...LONG, stop: '49012.3' }], { events: [...resting(stop), accepted] })
    const { orders } = planProtection(book, { ...contextOf(), instrument: BLIND }, 0)
    expect(orders[0]).toMatchObject({ purpose: 'stop', triggerPrice: parsePrice('49012.3') })
  })
})
