import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BookEvent, bookAt, formatQuantity, parseEvent } from '@tranchebook/core'
import { type EventStore, openEmbeddedStore, recordEvents } from '@tranchebook/store'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectDashboard, type Dashboard, type DashboardClient, openDashboard, recordedSource } from '../src/index.js'
import { longLog } from './long-log.js'

const BOOK = { account: 'main', symbol: 'BTCUSDT' }
const STREAM = 'main/BTCUSDT'
const HALF = 300

const events = longLog(400).slice(0, 2 * HALF)
let directory: string
let store: EventStore<BookEvent>
let dashboard: Dashboard

async function open(): Promise<void> {
  store = await openEmbeddedStore({ directory, decode: parseEvent })
  dashboard = await openDashboard({ source: recordedSource({ store, title: 'on disk' }) })
}

async function close(): Promise<void> {
  await dashboard.close()
  await store.close()
}

function client(): DashboardClient {
  return connectDashboard({ url: dashboard.origin, token: dashboard.token })
}

async function append(from: number, to: number): Promise<void> {
  for (let after = from; after < to; after += 50)
    await store.append(STREAM, recordEvents(events.slice(after, after + 50), after), {
      expected: after === 0 ? 'none' : after,
    })
}

async function positionsUntil(after: string | null, position: number): Promise<readonly number[]> {
  const positions: number[] = []
  const leaving = new AbortController()
  for await (const message of client().stream(after, leaving.signal)) {
    if (message.type === 'event') positions.push(Number(message.data.position))
    if (positions.at(-1) === position) break
  }
  leaving.abort()
  return positions
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tranchebook-dashboard-'))
  await open()
})
afterAll(async () => {
  await close()
  await rm(directory, { recursive: true, force: true })
})

it('shows a log on disk while it grows, and after a restart, without missing or repeating an event', async () => {
  const following = positionsUntil('0', HALF)
  await append(0, HALF)
  const first = await following
  expect((await client().book(BOOK)).version).toBe(HALF)

  await close()
  await open()
  const rest = positionsUntil(String(HALF), 2 * HALF)
  await append(HALF, 2 * HALF)
  expect([...first, ...(await rest)]).toEqual(events.map((_, index) => index + 1))

  const view = await client().book(BOOK)
  expect([view.version, view.groups[0]?.quantity]).toEqual([
    2 * HALF,
    formatQuantity(bookAt(events, 2 * HALF).groups.LONG.quantity),
  ])
  expect((await client().book(BOOK, HALF)).groups[0]?.quantity).toBe(
    formatQuantity(bookAt(events, HALF).groups.LONG.quantity),
  )
})
