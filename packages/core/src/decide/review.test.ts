import { describe, expect, it } from 'vitest'
import {
  aBook,
  anOrder,
  answersOf,
  refused,
  resting,
  reviewOf,
  type TrancheText,
} from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import { clientOrderIdOf } from '../book/client-order-id.js'
import type { TrancheBook } from '../book/book.js'
import type { BookEvent, EventOf } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { decide } from './decide.js'

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000', takeProfit: '52500' }
const STOP = { clientOrderId: 's', quantity: '0.1' }
const TARGET = { clientOrderId: 't', purpose: 'takeProfit', quantity: '0.1' } as const

function names(events: readonly BookEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'OrderIntended':
        return `intend ${event.purpose}`
      case 'CancelIntended':
        return `cancel ${event.clientOrderId}`
      case 'ProtectionLost':
        return `lost ${event.side} ${event.quantity}: ${event.reason}`
      case 'ProtectionRestored':
        return `restored after ${event.forMs}`
      case 'ProtectionDegraded':
        return `degraded ${event.side} ${event.step}`
      default:
        return event.type
    }
  })
}

function intended(events: readonly BookEvent[]): EventOf<'OrderIntended'>[] {
  return events.filter((event) => event.type === 'OrderIntended')
}

describe('a review', () => {
  it('intends what is missing under names that follow from the book', () => {
    const book = aBook([T1], { events: [anOrder({ clientOrderId: 'e', purpose: 'entry', intent: 41 })] })
    const [stop, takeProfit] = intended(reviewOf(book, contextOf(), 7))
    expect(stop).toEqual({
      type: 'OrderIntended',
      version: 1,
      time: 7,
      causationId: `review-${book.version}`,
      correlationId: clientOrderIdOf({ stream: 'main/BTCUSDT', intent: 42, attempt: 1 }),
      clientOrderId: clientOrderIdOf({ stream: 'main/BTCUSDT', intent: 42, attempt: 1 }),
      intent: 42,
      attempt: 1,
      purpose: 'stop',
      orderType: 'STOP_MARKET',
      side: 'LONG',
      orderSide: 'SELL',
      positionSide: 'LONG',
      quantity: '0.1',
      price: null,
      triggerPrice: '49000',
      reduceOnly: false,
      closePosition: false,
      allocation: [{ tranche: 'T1', quantity: '0.1' }],
      level: null,
      entryTranche: null,
      label: null,
      reason: 'stop',
      because: {
        rule: 'protection.stop',
        configured: {
          protection: 'PER_TRANCHE',
          failSafeStop: true,
          instantTakeProfit: true,
          workingType: 'MARK_PRICE',
        },
        observed: {
          mark: '50000',
          price: '49000',
          quantity: '0.1',
          tranches: 'T1 0.1',
          level: null,
          reference: null,
          degradation: null,
        },
      },
    })
    expect(takeProfit).toMatchObject({ intent: 43, purpose: 'takeProfit', orderType: 'LIMIT', price: '52500' })
  })

  it('is what the book decides on a review input', () => {
    const book = aBook([T1])
    const input = { type: 'review', id: 'r', time: 0, account: 'main', symbol: 'BTCUSDT' } as const
    expect(names(decide(book, input, contextOf({ mark: null })))).toEqual([
      'intend stop',
      'intend takeProfit',
      'lost LONG 0.1: noStop',
    ])
  })

  it('orders exits before places before cancels, and a swap cancel first', () => {
    const two = [
      { ...T1, stop: '50100' },
      { ...T1, id: 'T2', takeProfit: null },
    ]
    const events = resting(TARGET)
    expect(names(reviewOf(aBook(two, { events }), contextOf())).slice(0, 3)).toEqual([
      'intend exit',
      'intend stop',
      'cancel t',
    ])
    const guarded = [
      ...resting({ ...STOP, allocation: [] }),
      ...resting({ ...TARGET, allocation: [] }),
      ...resting({ clientOrderId: 'f', purpose: 'failSafe', quantity: null, triggerPrice: '48000' }),
    ]
    const context = contextOf({ config: { protection: 'COMBINED' } })
    expect(names(reviewOf(aBook([T1], { events: guarded }), context))).toEqual(['cancel f', 'intend failSafe'])
  })

  it('says why it closes at market, and gives the reduction its reason', () => {
    const [exit] = intended(reviewOf(aBook([T1]), contextOf({ mark: '48900' })))
    expect(exit).toMatchObject({
      purpose: 'exit',
      orderType: 'MARKET',
      reason: 'stop',
      price: null,
      because: { rule: 'protection.exit.stop', observed: { mark: '48900', price: '49000', quantity: '0.1' } },
    })
  })

  it('sends nothing in observe mode, and everything in protect mode', () => {
    expect(reviewOf(aBook([T1]), contextOf({ rest: { sending: 'observe' } }))).toEqual([])
    const protect = contextOf({ rest: { sending: 'protect' } })
    expect(intended(reviewOf(aBook([T1]), protect))).toHaveLength(2)
    expect(
      intended(reviewOf(aBook([T1]), { ...protect, market: { ...protect.market!, price: 1n as never } })),
    ).toMatchObject([{ purpose: 'exit' }])
  })

  it('sends a market exit that was refused three times at most once per reconciliation interval', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder({ clientOrderId: id, purpose: 'exit' }), refused(id, 100)])
    const book = aBook([T1], { events: three })
    expect(intended(reviewOf(book, contextOf({ mark: '48900', markTime: 9000 }), 10_000))).toEqual([])
    expect(intended(reviewOf(book, contextOf({ mark: '48900', markTime: 9000 }), 10_100))).toHaveLength(1)
  })
})

describe('being unprotected is visible', () => {
  const bare = { ...T1, takeProfit: null }

  function told(book: TrancheBook, time: number, context = contextOf()): { book: TrancheBook; said: string[] } {
    const events = reviewOf(book, context, time)
    const said = names(events).filter((name) => !name.startsWith('intend') && !name.startsWith('cancel'))
    return { book: evolveAll(book, events), said }
  }

  it('from the moment something is open until a stop rests', () => {
    const opened = told(aBook([bare]), 100)
    expect(opened.said).toEqual(['lost LONG 0.1: noStop'])
    expect(opened.book.unprotectedSince).toBe(100)
    const waiting = told(opened.book, 150)
    expect(waiting.said).toEqual([])
    const rests = told(evolveAll(waiting.book, answersOf(waiting.book, 180)), 200)
    expect(rests.said).toEqual(['restored after 100'])
    expect(rests.book.unprotectedSince).toBeNull()
    expect(told(rests.book, 300).said).toEqual([])
  })

  it('with the reason', () => {
    expect(told(aBook([bare], { events: [anOrder(STOP)] }), 100).said).toEqual(['lost LONG 0.1: stopOnItsWay'])
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder({ clientOrderId: id }), refused(id)])
    expect(told(aBook([bare], { events: three }), 100).said).toContain('lost LONG 0.1: stopsRefused')
  })

  it('for each side', () => {
    const short: TrancheText = { ...bare, id: 'T2', side: 'SHORT', stop: '51000' }
    expect(told(aBook([bare, short]), 100).said).toEqual(['lost LONG 0.1: noStop', 'lost SHORT 0.1: noStop'])
  })

  it('not where there is no stop on purpose', () => {
    expect(told(aBook([{ ...bare, stop: null }]), 100).said).toEqual([])
  })
})

describe('coarser protection is said', () => {
  const two = [
    { ...T1, takeProfit: null },
    { ...T1, id: 'T2', stop: '48900', takeProfit: null },
  ]
  const narrow = contextOf({ instrument: { maxConditionalOrders: 2 } })

  it('with every decision that places it, and never without', () => {
    const book = aBook(two)
    const events = reviewOf(book, narrow)
    expect(names(events)).toEqual([
      'degraded LONG combinedPair',
      'intend stop',
      'intend failSafe',
      'lost LONG 0.2: noStop',
    ])
    expect(events[0]).toMatchObject({
      reason: '2 stops are wanted, the venue has room for 2 conditional orders',
      because: { rule: 'protection.degrade.combinedPair', observed: { maxConditionalOrders: 2 } },
    })
    expect(intended(events)[0]).toMatchObject({
      triggerPrice: '49000',
      quantity: '0.2',
      because: { rule: 'protection.stop.merged', observed: { degradation: 'combinedPair' } },
    })
    const after = evolveAll(book, events)
    expect(names(reviewOf(evolveAll(after, answersOf(after)), narrow))).toEqual(['restored after 0'])
  })

  it('when close-position stops stand in for stops that are refused', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder({ clientOrderId: id }), refused(id, 100)])
    const book = aBook([two[0]!], { events: three })
    expect(names(reviewOf(book, contextOf(), 200))).toEqual([
      'degraded LONG closePosition',
      'intend failSafe',
      'lost LONG 0.1: stopsRefused',
    ])
    // refused as well, three times: what is open is closed at market
    const refusals = ['x', 'y', 'z'].flatMap((id) => [
      anOrder({ clientOrderId: id, purpose: 'failSafe', quantity: null }),
      refused(id, 300),
    ])
    const last = reviewOf(evolveAll(book, refusals), contextOf(), 400)
    expect(intended(last)).toMatchObject([{ purpose: 'exit', reason: 'unprotectable', quantity: '0.1' }])
  })
})

describe('what the venue refuses to cancel', () => {
  const ENTRY = { clientOrderId: 'e', purpose: 'entry', quantity: '0.1', price: '48000' } as const

  /** A cancel of it, and the venue's no, not to be asked again before 5000. */
  function refusedCancel(clientOrderId: string): BookEvent[] {
    const no = { clientOrderId, code: '-1099', message: null, retryTime: 5000 }
    return [
      eventOf('CancelIntended', 3, { clientOrderId, reason: 'replaced' }),
      eventOf('CancelRefused', 4, no),
    ] as BookEvent[]
  }

  it('is cancelled again once its pause is over: an entry that was withdrawn, a stop and a target that nothing wants', () => {
    const old = { clientOrderId: 'old', quantity: '0.1', triggerPrice: '48000' }
    const far = { clientOrderId: 'far', purpose: 'takeProfit', quantity: '0.1', price: '53000' } as const
    const book = aBook([T1], {
      events: [...[STOP, old, far, ENTRY].flatMap(resting), ...['old', 'far', 'e'].flatMap(refusedCancel)],
    })

    expect(names(reviewOf(book, contextOf(), 4999))).toEqual([])
    expect(names(reviewOf(book, contextOf(), 5000))).toEqual(['cancel e', 'cancel old', 'cancel far'])
    expect(names(reviewOf(book, { ...contextOf(), sending: 'observe' }, 5000))).toEqual([])
  })

  it('is at once cancelled again where an old log does not say for how long to wait', () => {
    const [intent, refusal] = refusedCancel('old')
    const old = { clientOrderId: 'old', quantity: '0.1', triggerPrice: '48000' }
    const events = [...[STOP, TARGET, old].flatMap(resting), intent!, { ...refusal!, retryTime: null } as BookEvent]
    expect(names(reviewOf(aBook([T1], { events }), contextOf(), 5))).toEqual(['cancel old'])
  })

  it('keeps nothing that fills from its stop', () => {
    const entry = resting(ENTRY)
    const book = aBook([T1], { events: [...entry, ...refusedCancel('e')] })
    expect(names(reviewOf(book, contextOf(), 4500))).toEqual([
      'intend stop',
      'intend takeProfit',
      'lost LONG 0.1: noStop',
    ])
  })
})
