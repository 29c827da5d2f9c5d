import type { OpenOrder } from '@tranchebook/adapters'
import { applyEvent, type BookEvent, emptyBook, NO_QUANTITY, parsePrice, type TrancheBook } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { isListed, misplacedIn } from './listed-orders.js'

const HEADER = { version: 1, time: 10, causationId: 'x', correlationId: 'x' } as const
const IDENTITY = { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
type Type = 'LIMIT' | 'STOP_MARKET' | 'TAKE_PROFIT_MARKET'

function intended(orderType: Type): BookEvent {
  return {
    ...HEADER,
    type: 'OrderIntended',
    clientOrderId: 'ours',
    intent: 1,
    attempt: 1,
    purpose: orderType === 'STOP_MARKET' ? 'stop' : 'takeProfit',
    orderType,
    side: 'LONG',
    orderSide: 'SELL',
    positionSide: 'LONG',
    quantity: '0.01',
    price: orderType === 'LIMIT' ? '52500' : null,
    triggerPrice: orderType === 'LIMIT' ? null : '49000',
    reduceOnly: false,
    closePosition: false,
    allocation: [],
    level: null,
    entryTranche: null,
    label: null,
    reason: 'stop',
  }
}

const ACKNOWLEDGED: BookEvent = { ...HEADER, type: 'OrderAcknowledged', clientOrderId: 'ours', venueOrderId: '7' }
const TRIGGERED: BookEvent = { ...HEADER, type: 'OrderTriggered', clientOrderId: 'ours', childOrderId: '8' }

function bookOf(...events: readonly BookEvent[]): TrancheBook {
  const book = emptyBook(IDENTITY)
  for (const event of [{ ...HEADER, type: 'BookOpened', ...IDENTITY } as const, ...events]) applyEvent(book, event)
  return book
}

function listed(found: Partial<OpenOrder>): OpenOrder {
  return {
    symbol: 'BTCUSDT',
    clientOrderId: 'another',
    venueOrderId: '1',
    childOrderId: null,
    isConditional: true,
    orderType: 'STOP_MARKET',
    venueType: 'STOP_MARKET',
    orderSide: 'SELL',
    positionSide: 'LONG',
    quantity: NO_QUANTITY,
    filledQuantity: NO_QUANTITY,
    price: null,
    triggerPrice: parsePrice('49000'),
    reduceOnly: false,
    closePosition: false,
    time: 10,
    ...found,
  }
}

it.each<[what: string, events: readonly BookEvent[], found: Partial<OpenOrder>, isThere: boolean]>([
  ['by its client id, before the venue gave it one', [], { clientOrderId: 'ours' }, true],
  ["by the venue's id", [ACKNOWLEDGED], { venueOrderId: '7' }, true],
  ['by the id of what it became', [ACKNOWLEDGED, TRIGGERED], { venueOrderId: '8' }, true],
  ['by what it became, under a parent of another name', [ACKNOWLEDGED, TRIGGERED], { childOrderId: '8' }, true],
  ['not by an id that only what it became would have', [ACKNOWLEDGED], { venueOrderId: '8' }, false],
  ['not where neither became anything', [ACKNOWLEDGED], { childOrderId: null }, false],
])('an order is found in a list %s', (_what, events, found, isThere) => {
  const order = bookOf(intended('STOP_MARKET'), ...events).orders.get('ours')
  expect(order !== undefined && isListed(order, [listed({}), listed(found)])).toBe(isThere)
})

describe('an order that waits for another price than it was meant for', () => {
  const elsewhere = listed({ clientOrderId: 'ours', triggerPrice: parsePrice('48000') })

  it.each<[type: Type, isMisplaced: boolean]>([
    ['STOP_MARKET', true],
    ['TAKE_PROFIT_MARKET', true],
    ['LIMIT', false],
  ])('of type %s is one: %s', (type, isMisplaced) => {
    const book = bookOf(intended(type), ACKNOWLEDGED)
    expect(misplacedIn(book, [elsewhere])).toHaveLength(isMisplaced ? 1 : 0)
  })

  it.each<[what: string, events: readonly BookEvent[], found: Partial<OpenOrder>]>([
    ['at its own price', [ACKNOWLEDGED], { triggerPrice: parsePrice('49000') }],
    ['that is still being sent', [], {}],
    ['that has triggered, as the book knows', [ACKNOWLEDGED, TRIGGERED], {}],
    ['that has triggered, as the venue says', [ACKNOWLEDGED], { childOrderId: '8' }],
    ["that is somebody else's", [ACKNOWLEDGED], { clientOrderId: 'another' }],
  ])('is not one %s', (_what, events, found) => {
    const book = bookOf(intended('STOP_MARKET'), ...events)
    expect(misplacedIn(book, [{ ...elsewhere, ...found }])).toEqual([])
  })
})
