import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { TrancheBook } from '../../book/book.js'
import type { BookOrder } from '../../book/order.js'
import { NEWEST_VERSIONS } from '../../book/newest-versions.js'
import { replay } from '../replay-events.js'
import { saveSnapshot } from '../snapshot.js'
import { stateHash } from '../state-hash.js'
import { upcast } from './upcast.js'

const FOLDER = new URL('./fixtures/', import.meta.url)

/** Logs as they were stored when each schema version was new. Never edited; a new version adds a file. */
const LOGS = readdirSync(FOLDER).map((name) => ({
  name,
  events: JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as unknown[],
}))

/**
 * The state that every frozen log folds to. A hash changes only when the state itself gets another shape, and then `SNAPSHOT_SCHEMA`
 * changes with it. If it changes for any other reason, old logs are read otherwise than they were written.
 */
const FROZEN: Readonly<Record<string, { readonly schema: string; readonly stateHash: string }>> = {
  'v1.json': {
    schema: 'tranchebook/snapshot/3',
    stateHash: 'e99af94d4313607ca30f55780081c6e3db73a9aa77e214377c9995c4f9d2482d',
  },
  'v1-repair.json': {
    schema: 'tranchebook/snapshot/3',
    stateHash: '49e599e2200a7da2b1ddd711d7d2834c91378f46126ac72290d0bb085bb0b691',
  },
  'v2-refusal.json': {
    schema: 'tranchebook/snapshot/3',
    stateHash: '9fc2458a50670b1a25b7d6f57393346731cabbe0ec27087739f95aab60126931',
  },
  'v2-cancel-refusal.json': {
    schema: 'tranchebook/snapshot/3',
    stateHash: '5032918f3266092c42e57283c22b161a70eac0784e960432f511d5f6fdf98315',
  },
}

/** What the logs folded to in the shape of `tranchebook/snapshot/2`, whose orders had no `refusedCancels`. */
const SECOND_SHAPE = {
  'v1.json': 'a117870275b4fef271cb4f0fd211f266955edfab63e62c6c592f9866fe7c55c7',
  'v1-repair.json': '49e599e2200a7da2b1ddd711d7d2834c91378f46126ac72290d0bb085bb0b691',
  'v2-refusal.json': '511e48ca17c82c5561fbba32a29efffd8b69ce0dd3e8ec7a4b0b532b0e4e1760',
}

/** What the logs of version 1 folded to in the shape of `tranchebook/snapshot/1`, which had no `passedTriggers`. */
const FIRST_SHAPE = {
  'v1.json': 'a3b77bc33e6cc2e2428c74fed0941126d456663cd42f94a65da65c15f9ed5ee5',
  'v1-repair.json': 'f566366e24a1716488fbffbea570b890130236cc0cc985046be71b05c899a933',
}

function read(events: readonly unknown[]): ReturnType<typeof upcast>[] {
  return events.map((event, index) => upcast(event, { stream: 'main/BTCUSDT', version: index + 1 }))
}

function replayed(name: string): TrancheBook {
  return replay(read(LOGS.find((log) => log.name === name)?.events ?? []))
}

function withoutRefusedCancels(book: TrancheBook): TrancheBook {
  const strip = (orders: TrancheBook['orders']): TrancheBook['orders'] =>
    new Map(
      [...orders].map(([id, { refusedCancels, ...order }]) => {
        expect(refusedCancels).toBeNull()
        return [id, order as BookOrder]
      }),
    )
  return { ...book, orders: strip(book.orders), endedOrders: strip(book.endedOrders) }
}

describe('frozen logs', () => {
  it('hold every event type that there is', () => {
    const types = new Set(LOGS.flatMap(({ events }) => read(events).map(({ type }) => type)))
    expect([...types].toSorted()).toEqual(Object.keys(NEWEST_VERSIONS).toSorted())
  })

  it.each(LOGS)('$name is read whole, each event at its newest schema', ({ events }) => {
    for (const event of read(events)) expect(event.version).toBe(NEWEST_VERSIONS[event.type])
  })

  it.each(LOGS)('$name folds to the state it folded to when it was written', ({ name, events }) => {
    const { schema, stateHash: hash } = saveSnapshot(replay(read(events)))
    expect({ schema, stateHash: hash }).toEqual(FROZEN[name])
  })

  it.each(Object.entries(SECOND_SHAPE))('%s has no cancel refused, and else the state it had', (name, hash) => {
    expect(stateHash(withoutRefusedCancels(replayed(name)))).toBe(hash)
  })

  it.each(Object.entries(FIRST_SHAPE))('%s has no trigger passed, and else the state it first had', (name, hash) => {
    const { passedTriggers, ...first } = withoutRefusedCancels(replayed(name))
    expect(passedTriggers).toEqual({ LONG: null, SHORT: null })
    expect(stateHash(first as TrancheBook)).toBe(hash)
  })
})
