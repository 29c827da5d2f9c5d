import { type BookEvent, parseEvent } from '@tranchebook/core'
import { MemoryStore, recordEvents } from '@tranchebook/store'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connectDashboard, type Dashboard, openDashboard, recordedSource } from '../src/index.js'
import { longLog } from './long-log.js'

const [opened, ...events] = longLog(30)
let store: MemoryStore<BookEvent>
let dashboard: Dashboard

async function append(symbol: string, all: readonly BookEvent[]): Promise<void> {
  const own = all.map((event) => (event.type === 'BookOpened' ? { ...event, symbol } : event))
  await store.append(`main/${symbol}`, recordEvents(own, 0), { expected: 'none' })
}

beforeEach(async () => {
  store = new MemoryStore<BookEvent>({ decode: parseEvent })
  dashboard = await openDashboard({ source: recordedSource({ store, title: 'broken' }) })
})
afterEach(async () => {
  await dashboard.close()
  await store.close()
})

it('a book of which an event cannot be read, and one without a beginning, stop alone too', async () => {
  if (opened === undefined) throw new RangeError('the log is empty')
  const newer = { ...events[0], type: 'OfTomorrow' } as never
  await append('ETHUSDT', [opened, ...events.slice(0, 3), newer, ...events.slice(3)])
  await append('SOLUSDT', events)
  await append('BTCUSDT', [opened, ...events])

  const client = connectDashboard({ url: dashboard.origin, token: dashboard.token })
  const { books } = await client.books()
  expect(Object.fromEntries(books.map(({ symbol, version, attention }) => [symbol, [version, ...attention]]))).toEqual({
    ETHUSDT: [4, 'halted'],
    SOLUSDT: [0, 'halted'],
    BTCUSDT: [events.length + 1],
  })
  const { health } = await client.state()
  expect(health.reasons.map(({ symbol, message }) => [symbol, /OfTomorrow|BookOpened/.test(message)])).toEqual([
    ['ETHUSDT', true],
    ['SOLUSDT', true],
  ])
})

it('a book whose log breaks a law stops alone, and says so', async () => {
  if (opened === undefined) throw new RangeError('the log is empty')
  const isReduction = (event: BookEvent): boolean => event.type === 'TrancheReduced'
  const twice = events.findIndex(isReduction)
  const damaged = [...events.slice(0, twice + 1), ...events.slice(twice).filter(isReduction).slice(0, 1)]
  const tooMuch = damaged.map((event, index) =>
    index === damaged.length - 1 && event.type === 'TrancheReduced' ? { ...event, quantity: '900' } : event,
  )
  await append('ETHUSDT', [opened, ...tooMuch])
  await append('BTCUSDT', [opened, ...events])

  const later = events.filter(({ type }) => type === 'MarkObserved').slice(-2)
  await store.append('main/ETHUSDT', recordEvents(later, tooMuch.length + 1), { expected: 'exists' })

  const client = connectDashboard({ url: dashboard.origin, token: dashboard.token })
  const { books } = await client.books()
  expect(books.map(({ symbol, version, attention }) => [symbol, version, attention])).toEqual([
    ['ETHUSDT', tooMuch.length, ['halted']],
    ['BTCUSDT', events.length + 1, []],
  ])
  const { health, shield } = await client.state()
  // Nobody ever meant to protect what was only replayed.
  expect(shield).toEqual({ protected: true, unprotected: [] })
  expect(health.reasons).toMatchObject([{ code: 'bookUnreadable', symbol: 'ETHUSDT', level: 'halted' }])
  expect(health.reasons[0]?.advice).toContain('tranchebook log verify')
  expect((await client.book({ account: 'main', symbol: 'BTCUSDT' })).version).toBe(events.length + 1)
})
