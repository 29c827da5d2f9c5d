import type { OpenOrder } from '@tranchebook/adapters'
import { applyEvent, type BookEvent, emptyBook, NO_QUANTITY, parsePrice, parseQuantity } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { byUse } from './stray-use.js'

const HEADER = { version: 1, time: 10, causationId: 'x', correlationId: 'x' } as const

type Held = readonly [positionSide: 'LONG' | 'SHORT' | 'BOTH', quantity: string]

/** Books whose venue said that it holds this, and that hold nothing themselves. */
function bookThatHolds(...held: readonly Held[]): ReturnType<typeof emptyBook> {
  const identity = { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
  const book = emptyBook(identity)
  const checks = held.map(([positionSide, quantity]): BookEvent => {
    const said = { positionSide, quantity, entryPrice: null, markPrice: null, ours: '0' }
    return { ...HEADER, type: 'PositionChecked', ...said, status: 'drift', isSettled: false }
  })
  for (const event of [{ ...HEADER, type: 'BookOpened', ...identity } as const, ...checks]) applyEvent(book, event)
  return book
}

interface Stop {
  readonly name: string
  readonly trigger?: string
  readonly quantity?: string
  readonly side?: 'LONG' | 'SHORT' | 'BOTH'
  readonly order?: 'SELL' | 'BUY'
  readonly closePosition?: boolean
}

function stop({ name, trigger = '49000', quantity = '0.01', side = 'LONG', order, closePosition }: Stop): OpenOrder {
  return {
    symbol: 'BTCUSDT',
    clientOrderId: name,
    venueOrderId: name,
    childOrderId: null,
    isConditional: true,
    orderType: 'STOP_MARKET',
    venueType: 'STOP_MARKET',
    orderSide: order ?? (side === 'SHORT' ? 'BUY' : 'SELL'),
    positionSide: side,
    quantity: closePosition === true ? NO_QUANTITY : parseQuantity(quantity),
    filledQuantity: NO_QUANTITY,
    price: null,
    triggerPrice: parsePrice(trigger),
    reduceOnly: false,
    closePosition: closePosition ?? false,
    time: 10,
  }
}

it.each<[what: string, held: readonly Held[], stops: readonly Stop[]]>([
  [
    'what closes nothing, before a part of a position, before all of it',
    [['LONG', '1']],
    [
      { name: 'of the other side', side: 'SHORT', closePosition: true },
      { name: 'part', trigger: '49500' },
      { name: 'all', trigger: '40000', closePosition: true },
    ],
  ],
  [
    'of a LONG the lower trigger first, whatever the quantity; of one trigger the smaller quantity',
    [['LONG', '1']],
    [
      { name: 'low', trigger: '48000', quantity: '0.9' },
      { name: 'small', quantity: '0.01' },
      { name: 'large', quantity: '0.02' },
      { name: 'high', trigger: '49500', quantity: '0.001' },
    ],
  ],
  [
    'of a SHORT the higher trigger first',
    [['SHORT', '1']],
    [
      { name: 'high', side: 'SHORT', trigger: '52000' },
      { name: 'low', side: 'SHORT', trigger: '51000' },
    ],
  ],
  [
    'in one-way mode a stop that would buy closes a SHORT only',
    [['BOTH', '-1']],
    [
      { name: 'sells', side: 'BOTH', order: 'SELL', trigger: '49900' },
      { name: 'buys late', side: 'BOTH', order: 'BUY', trigger: '52000' },
      { name: 'buys', side: 'BOTH', order: 'BUY', trigger: '51000' },
    ],
  ],
  [
    'in one-way mode a stop that would sell closes a LONG only',
    [['BOTH', '1']],
    [
      { name: 'buys', side: 'BOTH', order: 'BUY', trigger: '51000' },
      { name: 'sells late', side: 'BOTH', order: 'SELL', trigger: '48000' },
      { name: 'sells', side: 'BOTH', order: 'SELL', trigger: '49000' },
    ],
  ],
  [
    'a venue that holds nothing, or has not said, gives no stop something to close',
    [['LONG', '0']],
    [
      { name: 'part', side: 'SHORT', trigger: '40000' },
      { name: 'all', side: 'LONG', closePosition: true },
    ],
  ],
])('the least useful stop comes first: %s', (_what, held, stops) => {
  const loop = { book: bookThatHolds(...held) }
  const strays = stops.map((each) => ({ loop, order: stop(each) }))
  for (const order of [strays, strays.toReversed()])
    expect(order.toSorted(byUse).map(({ order: { clientOrderId } }) => clientOrderId)).toEqual(
      stops.map(({ name }) => name),
    )
})
