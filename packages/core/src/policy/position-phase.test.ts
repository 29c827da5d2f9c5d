import { describe, expect, it } from 'vitest'
import { PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { closed, entryIntended, eventOf, opened, reduced } from '../../test/builders/events-builder.js'
import { emptyBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { evolveAll } from '../evolve/copy-book.js'
import { positionPhase, type PositionPhase } from './position-phase.js'

const EMPTY = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
const entry = opened({ time: 100, tranche: 'T1', price: '50000', quantity: '0.003' })

function order(id: string, terms: { purpose: 'exit' | 'stop'; quantity: string | null }): BookEvent {
  return eventOf('OrderIntended', 200, {
    clientOrderId: id,
    intent: 9,
    attempt: 1,
    purpose: terms.purpose,
    orderType: terms.purpose === 'stop' ? 'STOP_MARKET' : 'MARKET',
    side: 'LONG',
    orderSide: 'SELL',
    positionSide: 'LONG',
    quantity: terms.quantity,
    price: null,
    triggerPrice: null,
    reduceOnly: false,
    closePosition: terms.quantity === null,
    allocation: [],
    level: null,
    entryTranche: null,
    label: null,
    reason: 'test',
  })
}

function part(time: number, quantity: string): BookEvent {
  return reduced({ time, tranche: 'T1', price: '50000', quantity, realizedPnl: '0' })
}

const triggered = [
  order('s', { purpose: 'stop', quantity: '0.003' }),
  eventOf('OrderTriggered', 201, { clientOrderId: 's', childOrderId: '9' }),
]

interface Case {
  readonly name: string
  readonly events: readonly BookEvent[]
  readonly now: number
  readonly phase: PositionPhase
}

const CASES: readonly Case[] = [
  { name: 'nothing ever', events: [], now: 0, phase: 'CLOSED' },
  {
    name: 'the first entry in flight',
    events: [entryIntended(50, 'a', { quantity: '0.003' })],
    now: 50,
    phase: 'BUILDING',
  },
  { name: 'just entered', events: [entry], now: 60_099, phase: 'BUILDING' },
  { name: 'the window is over', events: [entry], now: 60_100, phase: 'OPEN' },
  {
    name: 'a further entry in flight',
    events: [entry, entryIntended(150, 'a', { quantity: '0.003' })],
    now: 99_999,
    phase: 'BUILDING',
  },
  {
    name: 'an entry of the other side in flight',
    events: [entry, entryIntended(150, 'a', { quantity: '0.003', side: 'SHORT' })],
    now: 99_999,
    phase: 'OPEN',
  },
  {
    name: 'resting protection is no exit',
    events: [entry, order('s', { purpose: 'stop', quantity: '0.003' })],
    now: 99_999,
    phase: 'OPEN',
  },
  {
    name: 'part of it is being closed',
    events: [entry, order('x', { purpose: 'exit', quantity: '0.001' })],
    now: 150,
    phase: 'REDUCING',
  },
  {
    name: 'all of it is being closed',
    events: [entry, order('x', { purpose: 'exit', quantity: '0.003' })],
    now: 150,
    phase: 'CLOSING',
  },
  {
    name: 'two orders close all of it',
    events: [
      entry,
      order('x', { purpose: 'exit', quantity: '0.001' }),
      order('y', { purpose: 'exit', quantity: '0.002' }),
    ],
    now: 150,
    phase: 'CLOSING',
  },
  {
    name: 'the whole position is being closed',
    events: [entry, order('x', { purpose: 'exit', quantity: null })],
    now: 150,
    phase: 'CLOSING',
  },
  {
    name: 'a part is being closed, and the whole position beside it',
    events: [
      entry,
      order('x', { purpose: 'exit', quantity: '0.001' }),
      order('y', { purpose: 'exit', quantity: null }),
    ],
    now: 150,
    phase: 'CLOSING',
  },
  {
    name: 'reduced and rebuilt a little in one millisecond',
    events: [entry, part(300, '0.002'), opened({ time: 300, tranche: 'T2', price: '50000', quantity: '0.001' })],
    now: 301,
    phase: 'BUILDING',
  },
  { name: 'its stop has been triggered', events: [entry, ...triggered], now: 99_999, phase: 'CLOSING' },
  { name: 'reduced within the window of its entry', events: [entry, part(300, '0.001')], now: 301, phase: 'REDUCING' },
  { name: 'reduced and left so', events: [entry, part(300, '0.001')], now: 999_999, phase: 'REDUCING' },
  {
    name: 'reduced, then being rebuilt',
    events: [entry, part(300, '0.002'), opened({ time: 400, tranche: 'T2', price: '50000', quantity: '0.001' })],
    now: 500,
    phase: 'BUILDING',
  },
  {
    name: 'reduced, then rebuilt',
    events: [entry, part(300, '0.002'), opened({ time: 400, tranche: 'T2', price: '50000', quantity: '0.002' })],
    now: 99_999,
    phase: 'OPEN',
  },
  {
    name: 'closed',
    events: [entry, part(300, '0.003'), closed({ time: 300, tranche: 'T1', exitPrice: '50000', realizedPnl: '0' })],
    now: 300,
    phase: 'CLOSED',
  },
]

describe('positionPhase', () => {
  it.each(CASES)('$name: $phase', ({ events, now, phase }) => {
    expect(positionPhase(evolveAll(EMPTY, events), { side: 'LONG', now, config: PLAIN_CONFIG })).toBe(phase)
  })
})
