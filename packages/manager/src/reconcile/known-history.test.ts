import { applyEvent, type BookEvent, emptyBook, parseEvent, type TrancheBook } from '@tranchebook/core'
import { openMemoryStore, recordEvents } from '@tranchebook/store'
import { describe, expect, it } from 'vitest'
import { lastCertainTrade, lastOpenTime, mayBeOurs, newestFunding } from './known-history.js'

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

function closed(status: 'cancelled' | 'absent', clientOrderId = 'a'): BookEvent {
  return { ...HEADER, type: 'OrderClosed', time: 200, clientOrderId, status, filledQuantity: null }
}

it.each<[what: string, events: readonly BookEvent[], time: number, isOurs: boolean]>([
  ['that was never intended is not', [], 150, false],
  ['that is on its way is', [INTENDED], 150, true],
  ['that was given up as absent and arrives late is', [INTENDED, closed('absent')], 900, true],
  ['when only another one was intended is not', [{ ...INTENDED, clientOrderId: 'b' }], 150, false],
  ['after the end of another one still is', [INTENDED, closed('cancelled', 'b')], 900, true],
  ['that the venue took at the moment of its end is', [INTENDED, closed('cancelled')], 200, true],
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

const OPENED: BookEvent = {
  ...HEADER,
  type: 'BookOpened',
  time: 10,
  account: 'main',
  symbol: 'BTCUSDT',
  positionMode: 'HEDGE',
}

function bookOf(events: readonly BookEvent[]): TrancheBook {
  const book = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' })
  for (const event of [OPENED, ...events]) applyEvent(book, event)
  return book
}

const OVERLAP = 600_000

it.each<[what: string, trades: readonly (readonly [id: string, time: number])[], certain: string | null]>([
  ['none where none is known', [], null],
  ['none where all that is known is new', [['1', 50]], null],
  [
    'one exactly ten minutes before the newest',
    [
      ['1', 50],
      ['2', 50 + OVERLAP],
    ],
    '1',
  ],
  [
    'none a moment later than that',
    [
      ['1', 51],
      ['2', 50 + OVERLAP],
    ],
    null,
  ],
  [
    'of one millisecond the longer id',
    [
      ['10', 50],
      ['9', 50],
      ['11', 60 + OVERLAP],
    ],
    '10',
  ],
  [
    'of one millisecond the higher of two as long',
    [
      ['8', 50],
      ['9', 50],
      ['7', 50],
      ['11', 60 + OVERLAP],
    ],
    '9',
  ],
  [
    'the later one, whatever its id',
    [
      ['9', 50],
      ['8', 51],
      ['11', 60 + OVERLAP],
    ],
    '8',
  ],
])('trades are asked for from the newest that is certain: %s', (_what, trades, certain) => {
  for (const order of [trades, trades.toReversed()])
    expect(lastCertainTrade(bookOf(order.map(([id, time]) => filled(id, time))))).toBe(certain)
})

it('trades are asked for from before an order whose fills are missing, however much was traded since (known failure 25)', () => {
  const book = bookOf([filled('1', 50), INTENDED, filled('2', 200), filled('3', 5 * HOUR)])
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

function paid(fundingId: string, time: number): BookEvent {
  return {
    ...HEADER,
    type: 'FundingBooked',
    time,
    fundingId,
    amount: '-1',
    asset: 'USDT',
    parts: [],
    unallocated: '-1',
  }
}

function marks(count: number): readonly BookEvent[] {
  const mark = { ...HEADER, type: 'MarkObserved', time: 900_000, price: '50000', high: '50000', low: '50000' } as const
  return Array.from({ length: count }, (_none, index) => ({ ...mark, markTime: 900_000 + index }))
}

it.each<[what: string, events: readonly BookEvent[], time: number | null]>([
  ['none was paid', marks(3), null],
  ['among events that are later', [paid('1', 500), paid('2', 700), paid('3', 600), ...marks(3)], 700],
  // A page of the log has 1000 events, read from its end
  ['pages before its end', [paid('1', 500), ...marks(2500)], 500],
  ['as the first event of the last page', [...marks(2), paid('1', 500), ...marks(999)], 500],
  ['as the last event of the page before it', [...marks(2), paid('1', 500), ...marks(1000)], 500],
])('the newest funding that a log knows: %s', async (_what, events, time) => {
  const store = openMemoryStore({ decode: parseEvent })
  await store.append(STREAM, recordEvents([OPENED, ...events], 0), { expected: 'none' })
  expect(await newestFunding(store, bookOf(events))).toBe(time)
})

describe('when a position was last open', () => {
  it.each<[what: string, exits: readonly [long: number | null, short: number | null], time: number]>([
    ['the newest fill, where nothing has left since', [null, null], 300],
    ['the last exit of a LONG', [400, 350], 400],
    ['the last exit of a SHORT', [null, 400], 400],
  ])('%s', (_what, [long, short], time) => {
    const book = bookOf([filled('1', 300)])
    book.groups.LONG.tranches = []
    book.groups.LONG.lastExitTime = long
    book.groups.SHORT.lastExitTime = short
    expect(lastOpenTime(book)).toBe(time)
  })
})
