import { describe, expect, it } from 'vitest'
import { aBook, anOrder, type TrancheText } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf, levelText } from '../../test/builders/events-builder.js'
import { LONG, planOf, SHORT } from '../../test/builders/plan-builder.js'
import { planTexts, uncoveredTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import type { Instrument } from '../instrument/instrument.js'
import { parseMoney } from '../money/money.js'
import { parseQuantity } from '../money/quantity.js'
import { planProtection } from './plan-protection.js'

describe('one-way mode with tranches on both sides', () => {
  const both: readonly TrancheText[] = [
    { ...LONG, quantity: '0.3' },
    { ...LONG, id: 'T2', quantity: '0.2', stop: '49500', takeProfit: '51000' },
    { ...SHORT, id: 'T3', quantity: '0.2' },
  ]

  it('rests no more than the net position of 0.3 as exits of one kind, and covers all of it with a fail-safe', () => {
    const net = planOf(both, { positionMode: 'ONE_WAY' })
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

  it('rests the net position of the SHORT side where that is the larger', () => {
    const net = planOf([LONG, { ...SHORT, id: 'T2', quantity: '0.3' }], { positionMode: 'ONE_WAY' })
    expect(planTexts(net)).toEqual([
      'BUY stop 0.2 at 51000 for T2 0.2',
      'BUY failSafe all at 51000',
      'BUY takeProfit 0.2 at 47500 for T2 0.2',
    ])
  })

  it('closes at market what is netted out when its stop is passed, without reduce-only', () => {
    const { exits } = planOf(both, { positionMode: 'ONE_WAY', mark: '51000' })
    const shorts = exits.filter((exit) => exit.side === 'SHORT')
    expect(shorts).toMatchObject([{ orderSide: 'BUY', reduceOnly: false, reason: 'stop' }])
  })

  it.each<[name: string, instrument: Partial<Instrument>]>([
    ['its minimum notional', { minNotional: parseMoney('10200.01') }],
    ['its minimum quantity', { minQuantity: parseQuantity('0.21') }],
  ])('leaves to the other side what the venue would refuse again and again for being below %s', (_name, instrument) => {
    const net = planOf(both, { positionMode: 'ONE_WAY', mark: '51000', instrument })
    expect(net.exits.filter((exit) => exit.side === 'SHORT')).toEqual([])
    expect(uncoveredTexts(net)).toContain('exit T3 0.2 belowMinimum')
  })

  it('closes what is worth exactly the minimum notional', () => {
    const { exits } = planOf(both, {
      positionMode: 'ONE_WAY',
      mark: '51000',
      instrument: { minNotional: parseMoney('10200') },
    })
    expect(exits.filter((exit) => exit.side === 'SHORT')).toHaveLength(1)
  })

  it('keeps the stop of what a take profit at market leaves below the minimum', () => {
    const short = { ...SHORT, quantity: '0.095', stop: null }
    const levels = [levelText('3', '50858.2', '0.113'), levelText('5', '51758', '0.114')]
    const net = planOf([short, { ...LONG, id: 'T2', quantity: '0.227', levels }], {
      positionMode: 'ONE_WAY',
      mark: '51758',
      config: { instantTakeProfit: true, failSafeStop: false },
      instrument: { minQuantity: parseQuantity('0.02') },
    })
    expect(planTexts(net)).toEqual([
      'SELL stop 0.132 at 49000 for T2 0.132',
      'SELL exit 0.113 (takeProfit 1) for T2 0.113',
      'SELL exit 0.095 (takeProfit 2) for T2 0.095',
    ])
    expect(uncoveredTexts(net)).toEqual([
      'stop T2 0.095 oneWayNet',
      'exit T2 0.019 belowMinimum',
      'stop T1 0.095 noStop',
      'takeProfit T1 0.095 oneWayNet',
    ])
  })

  it('leaves room for exits in flight', () => {
    // net 0.3 less the 0.25 that leave: 0.05 for take profits, the nearest first
    const exit = anOrder({
      clientOrderId: 'x',
      purpose: 'exit',
      quantity: '0.25',
      reduceOnly: true,
      positionSide: 'BOTH',
    })
    const net = planOf(both, { positionMode: 'ONE_WAY', events: [exit] })
    expect(planTexts(net).filter((text) => text.includes('takeProfit'))).toEqual([
      'SELL takeProfit 0.05 at 51000 for T2 0.05',
    ])
  })

  it('closes reduce-only no more than exits in flight leave of the net position, and the rest without', () => {
    // the stop of T2 is passed: of its 0.2 the net 0.3 less the 0.25 of T1 that leave takes 0.05
    const exit = anOrder({
      clientOrderId: 'x',
      purpose: 'exit',
      quantity: '0.25',
      reduceOnly: true,
      positionSide: 'BOTH',
    })
    const { exits } = planOf(both, { positionMode: 'ONE_WAY', mark: '49400', events: [exit] })
    expect(exits.map(({ quantity, reduceOnly }) => [quantity, reduceOnly])).toEqual([
      [parseQuantity('0.05'), true],
      [parseQuantity('0.15'), false],
    ])
  })

  it('keeps the take profits of others while a plain order closes what is netted out', () => {
    // 0.1 of T1 leaves without taking any of the 0.3 that may be reduced: T2 0.2, and 0.1 of the 0.2 that T1 keeps
    const exit = anOrder({
      clientOrderId: 'x',
      purpose: 'exit',
      quantity: '0.1',
      reduceOnly: false,
      positionSide: 'BOTH',
    })
    const net = planOf(both, { positionMode: 'ONE_WAY', events: [exit] })
    expect(planTexts(net).filter((text) => text.includes('takeProfit'))).toEqual([
      'SELL takeProfit 0.2 at 51000 for T2 0.2',
      'SELL takeProfit 0.1 at 52500 for T1 0.1',
    ])
  })

  it('leaves a net position below the minimum to a close-position stop, whatever the option says', () => {
    const net = planOf(both, {
      positionMode: 'ONE_WAY',
      instrument: { minQuantity: parseQuantity('0.31') },
      config: { failSafeStop: false },
    })
    expect(planTexts(net)).toEqual(['SELL failSafe all at 49000'])
    expect(uncoveredTexts(net)).toContain('stop T2 0.2 belowMinimum')
  })

  it('asks for everything in hedge mode', () => {
    expect(planOf(both).uncovered).toEqual([])
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
    const settled = planOf([LONG], { events: [checked(10), checked(4000)] })
    expect(planTexts(settled)).toEqual([
      'SELL stop 0.06 at 49000 for T1 0.06',
      'SELL failSafe all at 49000',
      'SELL takeProfit 0.06 at 52500 for T1 0.06',
    ])
    expect(uncoveredTexts(settled)[0]).toBe('stop T1 0.04 venueHoldsLess')
  })

  it('is all that is closed at market', () => {
    const settled = planOf([LONG], { events: [checked(10), checked(4000)], mark: '48900', markTime: 4000 })
    expect(planTexts(settled)).toContain('SELL exit 0.06 (stop) for T1 0.06')
    expect(uncoveredTexts(settled)).toContain('exit T1 0.04 venueHoldsLess')
  })

  it('is a SHORT of the amount that a one-way venue reports below 0', () => {
    const short = { ...SHORT, quantity: '0.1' }
    const texts = (quantity: string): string[] => {
      const drift = [10, 4000].map((time) => ({ ...checked(time), positionSide: 'BOTH', quantity }) as BookEvent)
      return planTexts(planOf([short], { positionMode: 'ONE_WAY', events: drift }))
    }
    expect(texts('-0.06')[0]).toBe('BUY stop 0.06 at 51000 for T1 0.06')
    // the venue is LONG: nothing of the SHORT can be closed there
    expect(texts('0.06')).toEqual([])
  })

  it.each([
    ['seen once', [checked(10)]],
    ['seen twice too soon', [checked(10), checked(2000)]],
  ])('changes nothing before: %s', (_name, events) => {
    expect(planTexts(planOf([LONG], { events }))[0]).toBe('SELL stop 0.1 at 49000 for T1 0.1')
  })

  it('counts at the first look where a difference need not last', () => {
    const texts = planTexts(planOf([LONG], { events: [checked(10)], config: { driftSettleMs: 0 } }))
    expect(texts).toContain('SELL stop 0.06 at 49000 for T1 0.06')
    expect(texts).toContain('SELL takeProfit 0.06 at 52500 for T1 0.06')
  })

  it('is not judged by a report from before the last fill', () => {
    const book = aBook([LONG], { events: [checked(10), checked(4000)] })
    const [before, after] = [4000, 4001].map((lastFillTime) =>
      planProtection({ ...book, lastFillTime }, contextOf(), 0),
    )
    expect(planTexts(before!)[0]).toBe('SELL stop 0.06 at 49000 for T1 0.06')
    expect(planTexts(after!)[0]).toBe('SELL stop 0.1 at 49000 for T1 0.1')
  })
})
