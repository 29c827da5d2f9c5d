import { describe, expect, it } from 'vitest'
import { anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { marked } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { LONG, planOf, SHORT } from '../../test/builders/plan-builder.js'
import { planTexts } from '../../test/builders/plan-text.js'
import { parseQuantity } from '../money/quantity.js'

describe('a stop that a fresh mark has passed', () => {
  it.each([
    ['below it', LONG, '48900', 'SELL exit 0.1 (stop) for T1 0.1'],
    ['exactly at it', LONG, '49000', 'SELL exit 0.1 (stop) for T1 0.1'],
    ['above it, SHORT', SHORT, '51100', 'BUY exit 0.01 (stop) for T1 0.01'],
  ])('is closed at market now: %s', (_name, tranche, mark, expected) => {
    expect(planTexts(planOf([tranche], { mark }))).toEqual([expected])
  })

  it.each([
    ['no mark', { mark: null }],
    ['a mark of 0', { mark: '0' }],
    ['a stale mark', { mark: '48900', markTime: 0, time: 10_001 }],
    ['a mark older than the last', { mark: '48900', markTime: 4, events: [marked(5, '49500')] }],
  ])('is not: %s', (_name, given) => {
    const { orders, exits, mark } = planOf([LONG], given)
    expect(mark).toBeNull()
    expect(exits).toEqual([])
    expect(orders[0]?.isPassed).toBe(false)
  })

  it('is left to an order that rests with a passed trigger; only what that does not close is closed at market', () => {
    const [stop, ack] = resting({ clientOrderId: 's', quantity: '0.1' })
    expect(planTexts(planOf([LONG], { mark: '48900', events: [stop!, ack!] }))).toEqual([
      'SELL stop 0.1 at 49000 for T1 0.1',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
    const half = planOf([LONG], { mark: '48900', events: resting({ clientOrderId: 's', quantity: '0.05' }) })
    expect(planTexts(half)).toEqual([
      'SELL stop 0.05 at 49000 for T1 0.05',
      'SELL takeProfit 0.05 at 52500 for T1 0.05',
      'SELL exit 0.05 (stop) for T1 0.05',
    ])
    expect(half.orders[0]?.isPassed).toBe(true)
  })

  it('is closed at market whole where what rests has not been passed: a stop moved above the mark', () => {
    const moved = { ...LONG, stop: '50000' }
    const events = resting({ clientOrderId: 's', quantity: '0.1' })
    expect(planTexts(planOf([moved], { mark: '49500', events }))).toEqual(['SELL exit 0.1 (stop) for T1 0.1'])
  })

  it('is left to a close-position stop of its side whose trigger the mark has passed, too', () => {
    const bare = { ...LONG, takeProfit: null }
    const exit = 'SELL exit 0.1 (stop) for T1 0.1'
    const guard = { clientOrderId: 'f', purpose: 'failSafe', quantity: null } as const
    const texts = (events: readonly BookEvent[]): string[] => planTexts(planOf([bare], { mark: '48900', events }))
    expect(texts(resting(guard))).toEqual(['SELL stop 0.1 at 49000 for T1 0.1'])
    expect(texts(resting({ ...guard, triggerPrice: '48000' }))).toEqual([exit])
    expect(texts(resting({ ...guard, side: 'SHORT' }))).toEqual([exit])
  })

  it.each([
    ['ONE_WAY', true],
    ['HEDGE', false],
  ] as const)('is closed reduce-only in one-way mode, where hedge mode refuses that: %s', (positionMode, expected) => {
    const { exits } = planOf([LONG], { mark: '48900', positionMode })
    expect(exits.map((exit) => exit.reduceOnly)).toEqual([expected])
  })

  it('is not closed twice', () => {
    const exit = anOrder({ clientOrderId: 'x', purpose: 'exit', quantity: '0.1' })
    expect(planTexts(planOf([LONG], { mark: '48900', events: [exit] }))).toEqual([])
  })
})

describe('where the venue refuses stops and close-position stops three times each', () => {
  const bare = { ...LONG, takeProfit: null }
  const three = (purpose: 'stop' | 'failSafe', quantity: string | null): BookEvent[] =>
    ['1', '2', '3'].flatMap((n) => [anOrder({ clientOrderId: purpose + n, purpose, quantity }), refused(purpose + n)])
  const both = [...three('stop', '0.1'), ...three('failSafe', null)]
  const exits = (events: readonly BookEvent[]): string[] =>
    planTexts(planOf([bare], { events })).filter((text) => text.includes('exit'))

  it('what no stop covers is closed at market, no more', () => {
    expect(exits(both)).toEqual(['SELL exit 0.1 (unprotectable) for T1 0.1'])
    expect(exits([...resting({ clientOrderId: 'h', quantity: '0.04' }), ...both])).toEqual([
      'SELL exit 0.06 (unprotectable) for T1 0.06',
    ])
  })

  it('what is below a step at market stays with its own stop, once', () => {
    const two = [
      { ...bare, quantity: '0.0015' },
      { ...bare, id: 'T2', quantity: '0.0014', stop: '48000' },
    ]
    const { orders } = planOf(two, { events: both })
    expect(orders.flatMap(({ allocation }) => allocation)).toEqual([
      { tranche: 'T1', quantity: parseQuantity('0.001') },
      { tranche: 'T2', quantity: parseQuantity('0.001') },
    ])
  })

  it('nothing is closed while a close-position stop rests, or can still be tried', () => {
    expect(exits([...resting({ clientOrderId: 'f', purpose: 'failSafe', quantity: null }), ...both])).toEqual([])
    expect(exits(three('stop', '0.1'))).toEqual([])
  })
})
