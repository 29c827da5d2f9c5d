import { type BookEvent, stateHash, type TrancheBook, upcast } from '@tranchebook/core'
import { sql } from 'kysely'
import { parseEvents } from '../src/sql/parse-rows.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { foldedBook, keepSnapshot, newBook, replayInto, restart } from './restart.js'
import { best, milliseconds, rounded, secondsPerMillion } from './timing.js'
import { appendAll, bookEvents } from './workload.js'

type Store = SqlStore<BookEvent>
type Figures = Record<string, number | string | null>

const TAIL = 100

function accountsOf(books: number): readonly string[] {
  return Array.from({ length: books }, (_, index) => `r${index}`)
}

/** Fills a log with books, each of `each` events; gives their state hashes. */
async function fill(store: Store, books: number, each: number): Promise<Map<string, string>> {
  const hashes = new Map<string, string>()
  for (const account of accountsOf(books)) {
    const events = bookEvents(account, each)
    hashes.set(account, stateHash(foldedBook(account, events)))
    await appendAll(store, `${account}/BTCUSDT`, events)
  }
  return hashes
}

const replayBook = async (store: Store, account: string): Promise<TrancheBook> =>
  replayInto(newBook(account), store, `${account}/BTCUSDT`)

async function bytesPerEvent(store: Store): Promise<number> {
  const { rows } = await sql<{ bytes: string; events: string }>`SELECT (SELECT sum(pg_total_relation_size(inhrelid))
    FROM pg_inherits WHERE inhparent = 'tranche_events'::regclass)::text AS bytes,
    (SELECT position FROM tranche_log)::text AS events`.execute(store.db)
  return Number(rows[0]?.bytes) / Number(rows[0]?.events)
}

async function charactersPerEvent(store: Store): Promise<number> {
  const { rows } = await sql<{ mean: number }>`SELECT avg(length(data::text))::float8 AS mean
    FROM tranche_events WHERE stream_id = 'r0/BTCUSDT'`.execute(store.db)
  return rows[0]?.mean ?? NaN
}

/** Seconds per million events of what a replay cannot do without, each alone: to fetch, to parse, to check, to fold. */
async function floorFigures(store: Store, length: number): Promise<Figures> {
  const page = 2000
  const fetchTexts = async (): Promise<readonly string[]> => {
    const texts: string[] = []
    for (let after = 0; after < length; after += page) {
      const { rows } = await sql<{ text: string }>`SELECT concat('[', string_agg(e.data::text, ','), ']') AS text
        FROM (SELECT data FROM tranche_events WHERE stream_id = 'r0/BTCUSDT' AND version > ${after}
          AND version <= ${after + page} ORDER BY version) e`.execute(store.db)
      texts.push(rows[0]?.text ?? '[]')
    }
    return texts
  }
  const texts = await fetchTexts()
  const parsed = texts.flatMap(parseEvents)
  const place = { stream: 'r0/BTCUSDT', version: 0 }
  const events = parsed.map((json) => upcast(json, place))
  const perMillion = async (work: () => unknown): Promise<number> => secondsPerMillion(length, work)
  return {
    replayFetchAloneSeconds: await perMillion(fetchTexts),
    replayParseAloneSeconds: await perMillion(() => texts.map(parseEvents)),
    replayCheckAloneSeconds: await perMillion(() => parsed.map((json) => upcast(json, place))),
    replayFoldAloneSeconds: await perMillion(() => foldedBook('r0', events)),
  }
}

/** Replay of everything into books, of one book, and a restart from a snapshot; the hash of every book is checked. */
export async function replayFigures(store: Store, total: number): Promise<Figures> {
  const books = 10
  const hashes = await fill(store, books, total / books)
  const cpuBefore = process.cpuUsage()
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
  const { user, system } = process.cpuUsage(cpuBefore)
  const one = await best(3, async () => milliseconds(async () => replayBook(store, 'r0')), Math.min)
  return {
    replayMillionSeconds: rounded((all / 1000) * (1_000_000 / total)),
    replayMillionCpuSeconds: rounded((user + system) / 3 / total),
    replayEvents: total,
    replayEventBytes: rounded(await charactersPerEvent(store)),
    replayOneBookMs: rounded(one),
    ...(await floorFigures(store, total / books)),
    bytesPerEvent: rounded(await bytesPerEvent(store)),
    ...(await restartFigures(store, total / books, hashes.get('r0') ?? '')),
  }
}

/** A start: the snapshot of a book and the events after it. */
async function restartFigures(store: Store, length: number, hash: string): Promise<Figures> {
  const book = foldedBook('r0', bookEvents('r0', length - TAIL))
  const snapshotBytes = await keepSnapshot(store, 'r0/BTCUSDT', book)
  const time = async (): Promise<number> => milliseconds(async () => restart(store, 'r0/BTCUSDT', hash))
  return { snapshotRestartMs: rounded(await best(5, time, Math.min)), snapshotBytes }
}
