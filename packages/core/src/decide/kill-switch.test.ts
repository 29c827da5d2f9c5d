import { expect, it } from 'vitest'
import { aBook, anOrder, resting, type TrancheText } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { eventOf } from '../../test/builders/events-builder.js'
import type { BookEvent } from '../book/events.js'
import { parseInput } from '../observe/parse-input.js'
import { decide } from './decide.js'

const T1: TrancheText = { id: 'T1', price: '50000', quantity: '0.1', stop: '49000' }
const ENTRY = { clientOrderId: 'e', purpose: 'entry', quantity: '0.1' } as const
const PAUSED = eventOf('TradingPaused', 3, { kind: 'pause', actor: null })
const PRESSED = eventOf('TradingPaused', 3, { kind: 'killSwitch', actor: null })

it.each<[what: string, isCancelled: boolean, clientOrderId: string, events: readonly BookEvent[]]>([
  ['an entry that was on its way', true, 'e', [anOrder(ENTRY), PRESSED]],
  [
    'an entry of which a cancel is under way',
    false,
    'e',
    [...resting(ENTRY), eventOf('CancelIntended', 2, { clientOrderId: 'e', reason: 'x' }), PRESSED],
  ],
  ['a stop', false, 's', [anOrder({ clientOrderId: 's', quantity: '0.1' }), PRESSED]],
  ['an entry, where only a pause was asked for', false, 'e', [anOrder(ENTRY), PAUSED]],
])('%s that turns out to rest after the kill switch is cancelled: %s', (_what, isCancelled, clientOrderId, events) => {
  const line = { type: 'order', symbol: 'BTCUSDT', time: 5, clientOrderId, status: 'acknowledged', orderId: '7' }
  const input = parseInput(line, { account: 'main', positionMode: 'HEDGE', sequence: 1 })
  const decided = decide(aBook([T1], { events }), input, contextOf({ mark: null }))
  expect(decided.map(({ type }) => type)).toEqual(['OrderAcknowledged', ...(isCancelled ? ['CancelIntended'] : [])])
})
