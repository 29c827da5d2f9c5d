import { type BookEvent, parseEvent } from '@tranchebook/core'
import { openMemoryStore, recordEvents } from '@tranchebook/store'
import { expect, it } from 'vitest'
import { mayBeOurs } from './known-history.js'

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
