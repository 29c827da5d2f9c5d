import { applyEvent, type BookEvent, emptyBook, stateHash, type TrancheBook } from '@tranchebook/core'
import { sql } from 'kysely'
import type { SqlStore } from '../src/sql/sql-store.js'
import { best, milliseconds, rounded } from './timing.js'
import { bookEvents, recorded } from './workload.js'

type Store = SqlStore<BookEvent>
type Figures = Record<string, number | string | null>

const BATCH = 1000
const TAIL = 100

function newBook(account: string): TrancheBook {
  return emptyBook({ account, symbol: 'BTCUSDT', positionMode: 'HEDGE' })
}

function accountsOf(books: number): readonly string[] {
  return Array.from({ length: books }, (_, index) => `r${index}`)
}

/** Fills a log with books, each of `each` events; gives their state hashes. */
async function fill(store: Store, books: number, each: number): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const account of accountsOf(books)) {
    const events = bookEvents(account, each)
    const book = newBook(account)
    for (const event of events) applyEvent(book, event)
    hashes.set(account, stateHash(book))
    for (let version = 0; version < each; version += BATCH) {
      await store.append(`${account}/BTCUSDT`, recorded(events.slice(version, version + BATCH), version), {
        expected: version,
      })
    }
  }
  return hashes
}

async function replayBook(store: Store, account: string): Promise<TrancheBook> {
  const book = newBook(account)
  for await (const events of store.replay(`${account}/BTCUSDT`)) for (const event of events) applyEvent(book, event)
  return book
}

async function bytesPerEvent(store: Store): Promise<number> {
  const { rows } = await sql<{ bytes: string; events: string }>`SELECT (SELECT sum(pg_total_relation_size(inhrelid))
    FROM pg_inherits WHERE inhparent = 'tranche_events'::regclass)::text AS bytes,
    (SELECT position FROM tranche_log)::text AS events`.execute(store.db)
  return Number(rows[0]?.bytes) / Number(rows[0]?.events)
}

/** Replay of everything into books, of one book, and a restart from a snapshot; the hash of every book is checked. */
export async function replayFigures(store: Store, total: number): Promise<Figures> {
  const books = 10
  const hashes = await fill(store, books, total / books)
  const all = await best(
    3,
    async () =>
      milliseconds(async () => {
        for (const [account, hash] of hashes) {
          if (stateHash(await replayBook(store, account)) !== hash)
            throw new Error(`${account} replays to another state`)
        }
      }),
    Math.min,
  )
  const one = await best(3, async () => milliseconds(async () => replayBook(store, 'r0')), Math.min)
  return {
    replayMillionSeconds: rounded((all / 1000) * (1_000_000 / total)),
    replayEvents: total,
    replayOneBookMs: rounded(one),
    bytesPerEvent: rounded(await bytesPerEvent(store)),
    ...(await restartFigures(store, total / books)),
  }
}

/** Reads a snapshot and the events after it. The state stands for a book's: its size is what counts here. */
async function restartFigures(store: Store, length: number): Promise<Figures> {
  const state = JSON.stringify(bookEvents('r0', 60))
  const version = length - TAIL
  await store.saveSnapshot({ stream: 'r0/BTCUSDT', version, schema: 'bench/1', state })
  const restart = async (): Promise<void> => {
    const snapshot = await store.loadSnapshot('r0/BTCUSDT', 'bench/1')
    if (snapshot === null) throw new Error('the snapshot was not loaded')
    JSON.parse(snapshot.state)
    let tail = 0
    for await (const events of store.replay('r0/BTCUSDT', { after: snapshot.version })) tail += events.length
    if (tail !== TAIL) throw new Error(`the tail has ${tail} events`)
  }
  return {
    snapshotRestartMs: rounded(await best(5, async () => milliseconds(restart), Math.min)),
    snapshotBytes: state.length,
  }
}
