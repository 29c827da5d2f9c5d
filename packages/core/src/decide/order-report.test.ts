import { describe, expect, it } from 'vitest'
import {
  aLife,
  answers,
  asks,
  buys,
  eventsOf,
  type Life,
  marks,
  theOne,
  typesOf,
} from '../../test/builders/life-builder.js'
import type { BookOrder } from '../book/order.js'

/** A book with one limit entry that was intended. */
function sent(): { readonly life: Life; readonly id: string; readonly order: () => BookOrder | undefined } {
  const life = aLife()
  life.tellAll([marks('50000'), asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })])
  const id = theOne(life.events, 'OrderIntended').clientOrderId
  return { life, id, order: () => life.book.orders.get(id) }
}

describe('news of an order', () => {
  it('is acknowledged once, and again only with an id that is new', () => {
    const { life, id, order } = sent()
    expect(order()).toMatchObject({ state: 'intended', venueOrderId: null })

    expect(typesOf(life.tell(answers(id, 'acknowledged')))).toEqual(['OrderAcknowledged'])
    expect(order()).toMatchObject({ state: 'working', venueOrderId: null })
    expect(life.tell(answers(id, 'acknowledged'))).toEqual([])
    life.tell(answers(id, 'acknowledged', { orderId: '7' }))
    expect(order()?.venueOrderId).toBe('7')
    expect(life.tell(answers(id, 'acknowledged', { orderId: '7' }))).toEqual([])
    expect(life.tell(answers(id, 'acknowledged'))).toEqual([])
  })

  it('of a refusal frees its slot, counts toward the circuit, and keeps what the venue said', () => {
    const { life, id, order } = sent()
    const [event] = life.tell(
      answers(id, 'refused', { code: '-2019', message: 'Margin is insufficient.', isPermanent: true }),
    )

    expect(event).toMatchObject({
      type: 'OrderRefused',
      code: '-2019',
      message: 'Margin is insufficient.',
      isPermanent: true,
      correlationId: id,
    })
    expect(order()).toBeUndefined()
    expect(life.book.breakers.get('entry')).toEqual({ failures: 1, lastTime: 3000 })
  })

  it('of a refusal at a trigger that was passed says so, and counts toward the circuit where there is no trigger', () => {
    const { life, id } = sent()
    const [event] = life.tell(answers(id, 'refused', { code: '-2021', wouldTrigger: true }))

    expect(event).toMatchObject({ type: 'OrderRefused', version: 2, wouldTrigger: true })
    expect(life.book.breakers.get('entry')).toEqual({ failures: 1, lastTime: 3000 })
    expect(life.book.passedTriggers).toEqual({ LONG: null, SHORT: null })
  })

  it('keeps of the words of the venue what a log can hold', () => {
    const { life, id } = sent()
    const [event] = life.tell(answers(id, 'refused', { message: 'no \0 margin \ud83d \ud83d\ude00' }))
    expect(event).toMatchObject({ message: 'no \ufffd margin \ufffd \ud83d\ude00' })
  })

  it('of a success closes the circuit again', () => {
    const { life, id } = sent()
    life.tellAll([answers(id, 'refused'), asks('openTranche', { side: 'LONG', quantity: '0.01' })])
    life.tell(answers(eventsOf(life.events, 'OrderIntended')[1]!.clientOrderId, 'acknowledged'))

    expect(life.book.breakers.size).toBe(0)
  })

  it('that is unknown leaves it in flight, once', () => {
    const { life, id, order } = sent()

    expect(theOne(life.tell(answers(id, 'unknown', { message: 'timeout' })), 'OrderOutcomeUnknown')).toMatchObject({
      message: 'timeout',
    })
    expect(life.tell(answers(id, 'unknown'))).toEqual([])
    expect(order()?.state).toBe('unknown')
    life.tell(answers(id, 'acknowledged'))
    expect(order()?.state).toBe('working')
  })

  it('that it is absent ends it without a fill', () => {
    const { life, id, order } = sent()
    life.tell(answers(id, 'unknown'))

    expect(theOne(life.tell(answers(id, 'absent')), 'OrderClosed')).toMatchObject({
      status: 'absent',
      filledQuantity: null,
    })
    expect(order()).toBeUndefined()
  })

  it('that a cancel was refused puts an entry back to work, with a pause that doubles; without a cancel it says nothing', () => {
    const { life, id, order } = sent()
    life.tell(answers(id, 'acknowledged'))
    expect(life.tell(answers(id, 'cancelRefused'))).toEqual([])
    life.tell(asks('killSwitch', { time: 10_000 }))
    expect(order()?.state).toBe('cancelling')

    const news = { code: '-2010', message: 'Not now.' }
    const [first] = life.tell(answers(id, 'cancelRefused', { ...news, time: 11_000 }))
    expect(first).toMatchObject({ type: 'CancelRefused', version: 2, ...news, retryTime: 12_000 })
    expect(order()).toMatchObject({ state: 'working', refusedCancels: { count: 1, since: 11_000, ...news } })

    // The kill switch cancels it no earlier.
    expect(typesOf(life.tell(asks('killSwitch', { time: 11_999 })))).not.toContain('CancelIntended')
    expect(typesOf(life.tell(asks('killSwitch', { time: 12_000 })))).toContain('CancelIntended')
    const [second] = life.tell(answers(id, 'cancelRefused', { time: 13_000 }))
    expect(second).toMatchObject({
      retryTime: 15_000,
      because: { observed: { purpose: 'entry', refusals: 2, forMs: 2000, pauseMs: 2000 } },
    })
  })

  it.each([
    [1, 1000],
    [2, 2000],
    [5, 16_000],
    [6, 30_000],
    [2000, 30_000],
  ])('that a cancel was refused for the %d. time pauses for %d ms', (count, pauseMs) => {
    const { life, id, order } = sent()
    life.tell(answers(id, 'acknowledged'))
    order()!.refusedCancels = { count: count - 1, since: 0, retryTime: 0, code: null, message: null }
    life.tell(asks('pause'))
    const refused = theOne(life.tell(answers(id, 'cancelRefused')), 'CancelRefused')
    expect(refused.retryTime! - refused.time).toBe(pauseMs)
  })

  it('that a cancel was refused puts an exit back to work, for four seconds at most: an exit at market may wait for it', () => {
    const life = aLife()
    life.tellAll([marks('50000'), buys('0.01', '50000')])
    const id = theOne(life.tell(asks('closeTranche', { tranche: 'T1', price: '51000' })), 'OrderIntended').clientOrderId
    life.tellAll([answers(id, 'acknowledged'), asks('closeTranche', { tranche: 'T1' })])
    const order = life.book.orders.get(id)!
    expect(order.state).toBe('cancelling')
    order.refusedCancels = { count: 9, since: 0, retryTime: 0, code: null, message: null }

    const events = life.tell(answers(id, 'cancelRefused'))
    expect(typesOf(events)).toEqual(['CancelRefused'])
    const refused = theOne(events, 'CancelRefused')
    expect(refused.retryTime! - refused.time).toBe(4000)
    expect(life.book.orders.get(id)?.state).toBe('working')
  })

  it('of an order that is not ours is left alone', () => {
    const { life } = sent()

    expect(life.tell(answers('somebody-else', 'filled', { filledQuantity: '1' }))).toEqual([])
    expect(life.refusal()).toBeNull()
  })
})
