import { formatQuantity } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { asterBench, binanceBench } from '../../test/account-readers.js'
import { permutationsOf } from '../../test/permutations.js'
import { algoMessage, orderMessage, tradeMessage } from '../../test/stream-messages.js'
import type { AccountEvent } from '../venue/account-event.js'

const CHILD = '8389765739703625592'
const FACTS = {
  symbol: 'BTCUSDT',
  clientOrderId: 'tb-stop-1',
  isConditional: true,
  side: 'SELL',
  positionSide: 'BOTH',
} as const

/** Whom the fills belong to, how much they are, and the last standing of each order. */
function resultOf(events: readonly AccountEvent[]): string {
  const fills = events
    .filter((event) => event.type === 'fill')
    .map((fill) => `${fill.clientOrderId ?? '-'} ${fill.tradeId} ${formatQuantity(fill.quantity)}`)
  const standings = new Map(
    events.filter((event) => event.type === 'order').map(({ clientOrderId, status }) => [clientOrderId, status]),
  )
  return [...[...fills].sort(), ...[...standings].map(([name, status]) => `${name} ${status}`)].join(', ')
}

it('a stop of Binance that fills in two trades comes out the same in all 5,040 orders of its messages', () => {
  const messages = [
    algoMessage({ X: 'NEW' }),
    algoMessage({ X: 'TRIGGERING', T: 905 }),
    algoMessage({ X: 'TRIGGERED', ai: CHILD, aq: '0', T: 910 }),
    algoMessage({ X: 'FINISHED', ai: CHILD, aq: '0.002', T: 911 }),
    orderMessage({ i: CHILD, T: 909 }),
    tradeMessage({ i: CHILD, X: 'PARTIALLY_FILLED', l: '0.0015', z: '0.0015', t: 77, T: 910 }),
    tradeMessage({ i: CHILD, l: '0.0005', z: '0.002', t: 78, T: 911 }),
  ]
  const results = new Set(
    permutationsOf(messages).map((order) => {
      const { reader, events, registry, doubts } = binanceBench()
      registry.note(FACTS)
      for (const text of order) reader.read(text)
      expect(doubts).toEqual([])
      return resultOf(events.items)
    }),
  )
  expect([...results]).toEqual(['tb-stop-1 77 0.0015, tb-stop-1 78 0.0005, tb-stop-1 filled'])
})

it('a stop of Aster that fills in two trades comes out the same in all 120 orders of its messages', () => {
  const stop = { i: 900, c: 'tb-stop-1', ot: 'STOP_MARKET' }
  const messages = [
    orderMessage({ ...stop, o: 'STOP_MARKET' }),
    orderMessage({ ...stop, o: 'STOP_MARKET', x: 'EXPIRED', X: 'EXPIRED', T: 2_000 }),
    orderMessage({ ...stop, T: 2_000 }),
    tradeMessage({ ...stop, X: 'PARTIALLY_FILLED', l: '0.0015', z: '0.0015', t: 77, T: 2_000 }),
    tradeMessage({ ...stop, l: '0.0005', z: '0.002', t: 78, T: 2_000 }),
  ]
  const results = new Set(
    permutationsOf(messages).map((order) => {
      const { reader, events, clock } = asterBench(() => Promise.reject(new Error('nobody should ask')))
      for (const text of order) reader.read(text)
      clock.advance(60_000)
      return resultOf(events.items)
    }),
  )
  expect([...results]).toEqual(['tb-stop-1 77 0.0015, tb-stop-1 78 0.0005, tb-stop-1 filled'])
})
