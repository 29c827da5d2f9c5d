import { type BookEvent, stateHash, upcast } from '@tranchebook/core'
import { sql } from 'kysely'
import { openPostgresStore } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { startPostgres } from '../test/postgres-server.js'
import { foldedBook, keepSnapshot, newBook, replayInto, restart } from './restart.js'
import { milliseconds, rounded } from './timing.js'
import { bookEvents, recorded } from './workload.js'

type Store = SqlStore<BookEvent>
type Figures = Record<string, number | string | null>

/** Events of the log, divided among books. */
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 1_000_000)
const BOOKS = 100
const EACH = Math.ceil(EVENTS / BOOKS)
const BATCH = 1000
const TAIL = Math.min(100, EACH - 1)

const streams = Array.from({ length: BOOKS }, (_, index) => `r${index}/BTCUSDT`)

/** The last word of a long run: how far it is. */
const tell = (what: string): void => {
  process.stderr.write(`${what}\n`)
}

async function fillBook(store: Store, stream: string, events: readonly BookEvent[]): Promise<void> {
  for (let version = 0; version < events.length; version += BATCH) {
    await store.append(stream, recorded(events.slice(version, version + BATCH), version), { expected: version })
  }
}

/** Every book gets the same events, two books at a time, so that this process works while the server does. */
async function fill(store: Store, events: readonly BookEvent[]): Promise<number> {
  return milliseconds(async () => {
    for (let book = 0; book < BOOKS; book += 2) {
      await Promise.all(streams.slice(book, book + 2).map(async (stream) => fillBook(store, stream, events)))
      if (book % 20 === 18) tell(`${(book + 2) * EACH} events written`)
    }
  })
}

async function sizes(store: Store): Promise<{ readonly table: number; readonly indexes: number }> {
  const { rows } = await sql<{ table: string; indexes: string }>`SELECT sum(pg_table_size(inhrelid))::text AS table,
    sum(pg_indexes_size(inhrelid))::text AS indexes FROM pg_inherits
    WHERE inhparent = 'tranche_events'::regclass`.execute(store.db)
  return { table: Number(rows[0]?.table), indexes: Number(rows[0]?.indexes) }
}

/** Replays every book from its start; the state of each is checked. */
async function replayAll(store: Store, hash: string): Promise<{ readonly all: number; readonly one: number }> {
  const times: number[] = []
  for (const stream of streams) {
    times.push(
      await milliseconds(async () => {
        const book = await replayInto(newBook('r'), store, stream)
        if (stateHash(book) !== hash) throw new Error(`${stream} replays to another state`)
      }),
    )
  }
  const one = times.toSorted((left, right) => left - right)[Math.floor(BOOKS / 2)] ?? NaN
  return { all: times.reduce((sum, time) => sum + time, 0), one }
}

async function measure(store: Store): Promise<Figures> {
  const events = bookEvents('r', EACH)
  const hash = stateHash(foldedBook('r', events))
  const fillMs = await fill(store, events)
  const { table, indexes } = await sizes(store)
  tell(`filled in ${rounded(fillMs / 1000)} s, ${rounded((table + indexes) / 1e9)} GB`)
  const replayed = await replayAll(store, hash)
  tell(`replayed in ${rounded(replayed.all / 1000)} s`)
  const earlier = foldedBook('r', events.slice(0, EACH - TAIL))
  for (const stream of streams) await keepSnapshot(store, stream, earlier)
  const restartMs = await milliseconds(async () => {
    for (const stream of streams) await restart(store, stream, hash)
  })
  return {
    events: EACH * BOOKS,
    books: BOOKS,
    appendedEventsPerSecond: rounded((EACH * BOOKS * 1000) / fillMs),
    tableBytesPerEvent: rounded(table / (EACH * BOOKS)),
    indexBytesPerEvent: rounded(indexes / (EACH * BOOKS)),
    replayAllSeconds: rounded(replayed.all / 1000),
    replayOneBookMs: rounded(replayed.one),
    snapshotRestartAllBooksMs: rounded(restartMs),
    snapshotRestartOneBookMs: rounded(restartMs / BOOKS),
  }
}

/** A long log on Postgres: its size, replay of one book and of all, restart from snapshots. `BENCH_EVENTS` = its length. */
export async function run(): Promise<Figures> {
  const server = await startPostgres('own')
  if (server === null) return { postgres: null }
  try {
    const connectionString = await server.createMigratedDatabase()
    const store = await openPostgresStore({ connectionString, decode: upcast })
    const figures = await measure(store)
    await store.close()
    return figures
  } finally {
    await server.stop()
  }
}
