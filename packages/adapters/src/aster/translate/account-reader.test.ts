import { formatMoney } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { asterBench } from '../../../test/account-readers.js'
import { orderMessage, tradeMessage } from '../../../test/stream-messages.js'
import { parseOrderRow } from '../../fapi/wire/order-row.js'
import type { AccountEvent } from '../../venue/account-event.js'

const STOP = { i: 900, c: 'tb-stop-1', ot: 'STOP_MARKET' }
const placed = orderMessage({ ...STOP, o: 'STOP_MARKET' })
const expired = orderMessage({ ...STOP, o: 'STOP_MARKET', x: 'EXPIRED', X: 'EXPIRED', T: 2_000 })
const triggered = orderMessage({ ...STOP, T: 2_000 })
const filled = tradeMessage({ ...STOP, T: 2_000 })

const row = (type: string, status: string) =>
  parseOrderRow({
    symbol: 'BTCUSDT',
    orderId: 900,
    clientOrderId: 'tb-stop-1',
    status,
    side: 'SELL',
    positionSide: 'BOTH',
    type,
    origType: 'STOP_MARKET',
    price: '0',
    stopPrice: '49000',
    origQty: '0.002',
    executedQty: status === 'FILLED' ? '0.002' : '0',
    reduceOnly: true,
    closePosition: false,
    updateTime: 2_001,
  })

function inShort(event: AccountEvent): string {
  if (event.type === 'fill') return `fill ${event.tradeId} for ${event.clientOrderId ?? 'nobody'}`
  return event.type === 'order'
    ? `${event.clientOrderId} ${event.status} child ${event.childOrderId ?? '-'}`
    : event.type
}

const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

describe('a stop that triggers', () => {
  it.each([
    ['EXPIRED, then NEW', [placed, expired, triggered, filled]],
    ['NEW, then EXPIRED', [placed, triggered, expired, filled]],
    ['fill before EXPIRED', [placed, triggered, filled, expired]],
    ['no NEW at all', [placed, expired, filled]],
    ['fill before everything', [filled, expired, triggered, placed]],
  ])('is filled, not expired: %s', async (_name, messages) => {
    const { reader, events, clock, doubts } = asterBench(() => Promise.reject(new Error('nobody should ask')))
    for (const text of messages) reader.read(text)
    clock.advance(10_000)
    await settle()
    const said = events.items.map(inShort)
    expect(said.filter((line) => line.includes('expired'))).toEqual([])
    expect(said.filter((line) => line.startsWith('fill'))).toEqual(['fill 77 for tb-stop-1'])
    expect(said.at(-1)).toBe('tb-stop-1 filled child 900')
    expect(doubts).toEqual([])
  })

  it('is expired when the venue says so on a look', async () => {
    const { reader, events, clock } = asterBench(() => Promise.resolve(row('STOP_MARKET', 'EXPIRED')))
    reader.read(placed)
    reader.read(expired)
    expect(events.items.map(inShort)).toEqual(['tb-stop-1 acknowledged child -'])
    clock.advance(2_000)
    await settle()
    expect(events.items.map(inShort)).toEqual(['tb-stop-1 acknowledged child -', 'tb-stop-1 expired child -'])
  })

  it.each([
    ['NEW', 'triggered'],
    ['FILLED', 'filled'],
  ])('is a market order when the venue shows one on a look: %s', async (status, expected) => {
    const { reader, events, clock } = asterBench(() => Promise.resolve(row('MARKET', status)))
    reader.read(placed)
    reader.read(expired)
    clock.advance(2_000)
    await settle()
    expect(events.items.map(inShort).at(-1)).toBe(`tb-stop-1 ${expected} child 900`)
    reader.read(filled)
    expect(events.items.map(inShort)).toContain('fill 77 for tb-stop-1')
  })

  it('is a reason to look at everything when the venue cannot be asked', async () => {
    const { reader, events, clock, doubts } = asterBench(() => Promise.reject(new Error('no answer')))
    reader.read(placed)
    reader.read(expired)
    clock.advance(2_000)
    await settle()
    expect(events.items.map(inShort)).toEqual(['tb-stop-1 acknowledged child -'])
    expect(doubts).toEqual(['order tb-stop-1 expired or triggered, and could not be looked at: no answer'])
  })
})

it('takes the end of a plain order for what it is', () => {
  const { reader, events } = asterBench()
  reader.read(orderMessage({ i: 5, c: 'tb-tp-1', o: 'LIMIT', ot: 'LIMIT', x: 'EXPIRED', X: 'EXPIRED' }))
  expect(events.items.map(inShort)).toEqual(['tb-tp-1 expired child -'])
})

it.each(['0.05', '-0.05'])('reads a commission of %s as a fee that was paid', (commission) => {
  const { reader, events } = asterBench()
  reader.read(tradeMessage({ i: 1 }).replace('"n":"0.05"', `"n":"${commission}"`))
  const [fill] = events.items
  expect(fill?.type === 'fill' && fill.fee !== null ? formatMoney(fill.fee) : '').toBe('0.05')
})

it('tells a change of the position mode', () => {
  const { reader, events } = asterBench()
  reader.read('{"e":"ACCOUNT_CONFIG_UPDATE","E":5,"T":5,"ai":{"j":false,"f":true,"d":true}}')
  expect(events.items).toEqual([{ type: 'positionModeChanged', time: 5, isHedge: true }])
})
