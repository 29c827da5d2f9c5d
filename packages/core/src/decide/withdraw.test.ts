import { describe, expect, it } from 'vitest'
import { aBook, anOrder, refused, resting, reviewOf, type TrancheText } from '../../test/builders/book-builder.js'
import { exits, pair } from '../../test/builders/command-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf, opened } from '../../test/builders/events-builder.js'
import {
  aLife,
  answers,
  asks,
  buys,
  eventsOf,
  type Life,
  marks,
  shorts,
  theOne,
} from '../../test/builders/life-builder.js'
import type { BookEvent, OrderTerms } from '../book/events.js'

type Order = Pick<OrderTerms, 'clientOrderId'> & Partial<OrderTerms>

/** Cancels that are intended: whose, and why. */
function cancels(events: readonly BookEvent[]): readonly string[] {
  return eventsOf(events, 'CancelIntended').map(({ clientOrderId, reason }) => `${clientOrderId} ${reason}`)
}

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000' }
const T2: TrancheText = { id: 'T2', price: '50000', quantity: '0.2', stop: '48000' }
const STOPS = [
  ...resting({ clientOrderId: 's1', quantity: '0.1' }),
  ...resting({ clientOrderId: 's2', quantity: '0.2', triggerPrice: '48000', allocation: of('T2', '0.2') }),
]
const EXIT: Order = { clientOrderId: 'x', purpose: 'exit', orderType: 'LIMIT', price: '55000', quantity: '0.1' }

function of(tranche: string, quantity: string): OrderTerms['allocation'] {
  return [{ tranche, quantity }]
}

describe('limit exits that a review finds', () => {
  const filled = { ...EXIT, clientOrderId: 'f', quantity: '0.2', allocation: of('T2', '0.2') }

  it.each<[what: string, orders: readonly BookEvent[], wanted: readonly string[]]>([
    ['stay where all of what they close is open', resting(EXIT), []],
    [
      'go where less is open than they would close',
      resting({ ...EXIT, quantity: '0.11', allocation: of('T1', '0.11') }),
      ['x obsolete'],
    ],
    ['go where their tranche is closed', resting({ ...EXIT, allocation: of('T9', '0.1') }), ['x obsolete']],
    [
      'go where one of two parts is too much',
      resting({
        ...EXIT,
        quantity: '0.31',
        allocation: [...of('T1', '0.1'), ...of('T2', '0.21')],
      }),
      ['x obsolete'],
    ],
    ['stay as long as they are not known to rest', [anOrder({ ...EXIT, allocation: of('T9', '0.1') })], []],
    [
      'stay where they have ended and fills of them are still to come',
      [
        ...resting({ ...EXIT, quantity: '0.2', allocation: of('T1', '0.2') }),
        eventOf('OrderEnding', 2, { clientOrderId: 'x', status: 'filled', filledQuantity: '0.2' }),
      ],
      [],
    ],
    ['are not those at market', resting({ ...EXIT, orderType: 'MARKET', allocation: of('T9', '0.1') }), []],
    ['stay where what is left of a part is open', resting(filled), []],
  ])('%s', (_what, orders, wanted) => {
    const events = reviewOf(aBook([T1, T2], { events: [...STOPS, ...orders] }), contextOf())
    expect(cancels(events)).toEqual(wanted)
  })

  it('go where their tranche has to leave at market, and only those', () => {
    const orders = [...STOPS, ...resting(EXIT), ...resting({ ...filled, clientOrderId: 'y' })]
    // 48 900 is past the stop of T1, whose order is refused
    const events = reviewOf(
      aBook([T1, T2], { events: orders.filter((event) => !isOf(event, 's1')) }),
      contextOf({ mark: '48900' }),
    )
    expect(cancels(events)).toEqual(['x stop'])
  })
})

function isOf(event: BookEvent, clientOrderId: string): boolean {
  return 'clientOrderId' in event && event.clientOrderId === clientOrderId
}

describe('closing at a limit', () => {
  /** T1 0.02 LONG, T2 0.01 LONG, T3 0.01 SHORT; all their protection rests. */
  function protectedLife(): Life {
    const life = aLife({ config: { instantTakeProfit: false } })
    life.tellAll([marks('50000'), buys('0.02', '50000'), buys('0.01', '50000'), shorts('0.01', '50000')])
    for (const { clientOrderId } of eventsOf(life.tell({ type: 'review' }), 'OrderIntended'))
      life.tell(answers(clientOrderId, 'acknowledged'))
    return life
  }

  function namesOf(life: Life, events: readonly BookEvent[]): readonly string[] {
    return eventsOf(events, 'CancelIntended').map(({ clientOrderId, reason }) => {
      const order = life.book.orders.get(clientOrderId)
      return `${order?.purpose} ${order?.allocation.map(({ tranche }) => tranche).join()} ${reason}`
    })
  }

  it('cancels the take profit of that tranche, and nothing else', () => {
    const life = protectedLife()
    const events = life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.01', price: '51000' }))
    expect(namesOf(life, events)).toEqual(['takeProfit T1 closeTranche'])
    expect(exits(events)).toEqual(['LONG 0.01 51000 command'])
  })

  it.each<[what: string, more: object]>([
    ['a part at market', { quantity: '0.01' }],
    ['all at market', {}],
  ])('%s cancels none', (_what, more) => {
    const life = protectedLife()
    expect(namesOf(life, life.tell(asks('closeTranche', { tranche: 'T1', ...more })))).toEqual([])
  })

  it('cancels none where all of it is on its way out', () => {
    const life = protectedLife()
    life.tell(asks('closeTranche', { tranche: 'T1' }))
    const events = life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.01', price: '51000' }))
    expect(cancels(events)).toEqual([])
    expect(theOne(events, 'CommandRefused').code).toBe('nothingToClose')
  })

  it('is withdrawn by closing all at market, which waits for it; closing a part leaves it', () => {
    const life = pair()
    const { clientOrderId } = theOne(
      life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.004', price: '51000' })),
      'OrderIntended',
    )
    life.tell(answers(clientOrderId, 'acknowledged'))

    const part = life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.002' }))
    expect([cancels(part), exits(part)]).toEqual([[], ['LONG 0.002 market command']])
    const all = life.tell(asks('closeTranche', { tranche: 'T1' }))
    expect([cancels(all), exits(all)]).toEqual([[`${clientOrderId} closeTranche`], ['LONG 0.004 market command']])
    const again = life.tell(asks('closeTranche', { tranche: 'T1' }))
    expect([cancels(again), eventsOf(again, 'CommandRefused')]).toEqual([[], []])
  })
})

describe('what a stop of the account has begun is gone on with', () => {
  const entry = { ...EXIT, clientOrderId: 'e', purpose: 'entry' } as const

  function paused(kind: 'pause' | 'gracefulStop' | 'killSwitch' | 'driftHalt'): BookEvent {
    return eventOf('TradingPaused', 3, { kind, actor: null })
  }

  it.each<[kind: 'pause' | 'gracefulStop' | 'driftHalt', wanted: readonly string[]]>([
    ['pause', ['e pause']],
    ['gracefulStop', ['e gracefulStop']],
    ['driftHalt', []],
  ])('%s withdraws entries that rest: %j', (kind, wanted) => {
    const events = [...STOPS, ...resting(entry), paused(kind)]
    expect(cancels(reviewOf(aBook([T1, T2], { events }), contextOf()))).toEqual(wanted)
  })

  it('without one entries stay', () => {
    expect(cancels(reviewOf(aBook([T1, T2], { events: [...STOPS, ...resting(entry)] }), contextOf()))).toEqual([])
  })

  it('each entry is cancelled once, whatever asks for it', () => {
    const events = [...STOPS, ...resting(entry), paused('pause'), paused('gracefulStop'), paused('killSwitch')]
    expect(cancels(reviewOf(aBook([T1, T2], { events }), contextOf())).filter((one) => one.startsWith('e'))).toEqual([
      'e pause',
    ])
  })

  it.each<[what: string, orders: readonly BookEvent[], wanted: readonly string[]]>([
    ['an entry that is on its way', [anOrder(entry)], ['e killSwitch']],
    [
      'an entry of unknown outcome',
      [anOrder(entry), eventOf('OrderOutcomeUnknown', 2, { clientOrderId: 'e', message: null })],
      ['e killSwitch'],
    ],
    [
      'an entry of which a cancel is under way',
      [...resting(entry), eventOf('CancelIntended', 2, { clientOrderId: 'e', reason: 'x' })],
      [],
    ],
    ['a stop that is on its way', [anOrder({ clientOrderId: 's3', quantity: '0.1' })], []],
  ])('the kill switch cancels %s: %j', (_what, orders, wanted) => {
    const events = [...STOPS, ...orders, paused('killSwitch')]
    expect(cancels(reviewOf(aBook([T1, T2], { events }), contextOf()))).toEqual(wanted)
  })

  it('the kill switch closes what it did not reach, of our own, and waits for limit exits to go', () => {
    const others = opened({ time: 4, tranche: 'T3', price: '50000', quantity: '0.3', origin: 'external' })
    const events = [...STOPS, ...resting(EXIT), paused('killSwitch'), others]
    const decided = reviewOf(aBook([T1, T2], { events }), contextOf())
    expect(cancels(decided)).toEqual(['x killSwitch'])
    expect(exits(decided).filter((exit) => exit.endsWith('killSwitch'))).toEqual(['LONG 0.2 market killSwitch'])
  })

  it('the kill switch does not hammer: after three refusals it waits for the reconciliation interval', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [
      anOrder({ clientOrderId: id, purpose: 'exit', quantity: '0.1' }),
      refused(id, 100),
    ])
    const book = aBook([T1, T2], { events: [...STOPS, ...three, paused('killSwitch')] })
    const closing = (time: number): number => exits(reviewOf(book, contextOf({ markTime: time }), time)).length
    expect([closing(10_099), closing(10_100)]).toEqual([0, 2])
  })
})
