import { applyEvent, type BookEvent, emptyBook, parseEvent } from '@tranchebook/core'
import { openMemoryStore, recordEvents } from '@tranchebook/store'
import { expect, it } from 'vitest'
import { lastCertainTrade, mayBeOurs } from './known-history.js'

const STREAM = 'main/BTCUSDT'
const HEADER = { version: 1, causationId: 'x', correlationId: 'x' } as const

const INTENDED: BookEvent = {
  ...HEADER,
  type: 'OrderIntended',
  time: 100,
  clientOrderId: 'a',
  intent: 1,
  attempt: 1,
  purpose: 'stop',
  orderType: 'STOP_MARKET',
  side: 'LONG',
  orderSide: 'SELL',
  positionSide: 'LONG',
  quantity: '0.01',
  price: null,
  triggerPrice: '49000',
  reduceOnly: false,
  closePosition: false,
  allocation: [],
  level: null,
  entryTranche: null,
  label: null,
  reason: 'stop',
}

function closed(status: 'cancelled' | 'absent'): BookEvent {
  return { ...HEADER, type: 'OrderClosed', time: 200, clientOrderId: 'a', status, filledQuantity: null }
}

it.each<[what: string, events: readonly BookEvent[], time: number, isOurs: boolean]>([
  ['that was never intended is not', [], 150, false],
  ['that is on its way is', [INTENDED], 150, true],
  ['that was given up as absent and arrives late is', [INTENDED, closed('absent')], 900, true],
  // SIM 3982288: a list that was behind showed an order that had just been cancelled
  ['in a list that is behind its end is', [INTENDED, closed('cancelled')], 150, true],
  ['that the venue took after that end is another one under the same id', [INTENDED, closed('cancelled')], 900, false],
])('an order %s ours', async (_what, events, time, isOurs) => {
  const store = openMemoryStore({ decode: parseEvent })
  if (events.length > 0) await store.append(STREAM, recordEvents(events, 0), { expected: 'none' })
  expect(await mayBeOurs(store, STREAM, { clientOrderId: 'a', time })).toBe(isOurs)
})

function filled(tradeId: string, time: number): BookEvent {
  return {
    ...HEADER,
    type: 'FillBooked',
    time,
    tradeId,
    orderId: null,
    clientOrderId: null,
    side: 'BUY',
    positionSide: 'LONG',
    quantity: '0.01',
    price: '50000',
    fee: null,
    feeAsset: null,
    realizedPnl: null,
    maker: null,
    kind: 'trade',
    tranche: null,
    closes: null,
    opens: { side: 'LONG', quantity: '0.01' },
    unmatched: null,
    replaces: null,
    late: false,
  }
}

const HOUR = 3_600_000

it('trades are asked for from before an order whose fills are missing, however much was traded since (known failure 25)', () => {
  const book = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
  const known: readonly BookEvent[] = [
    { ...HEADER, type: 'BookOpened', time: 10, account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' },
    filled('1', 50),
    INTENDED,
    filled('2', 200),
    filled('3', 5 * HOUR),
  ]
  known.forEach((event) => {
    applyEvent(book, event)
  })
  expect(lastCertainTrade(book)).toBe('2')
  applyEvent(book, {
    ...HEADER,
    type: 'OrderEnding',
    time: 5 * HOUR,
    clientOrderId: 'a',
    status: 'filled',
    filledQuantity: '0.01',
  })
  expect(lastCertainTrade(book)).toBe('1')
})
