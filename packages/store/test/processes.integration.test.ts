import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { collect, range } from '../src/contract/contract-case.js'
import { decodeContractEvent } from '../src/contract/index.js'
import type { StoredEvent } from '../src/event-store.js'
import { openPostgresStore } from '../src/open-store.js'
import type { StoreTables } from '../src/schema/tables.js'
import { startPostgres } from './postgres-server.js'
import { printedSeed, Random, rounds } from './random.js'

const server = await startPostgres()
const WRITER = fileURLToPath(new URL('write-books.ts', import.meta.url))
const PROCESSES = rounds('STORE_PROCESSES', 2)
const APPENDS = rounds('STORE_PROCESS_APPENDS', 20)
const FIGHT_TURNS = rounds('STORE_FIGHT_TURNS', 20)
const FIGHT_SECONDS = rounds('STORE_FIGHT_SECONDS', 0)

/** What a process was told about its appends, one line each. */
async function writeBooks(args: readonly (string | number)[]): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--conditions=@tranchebook/source', '--import', 'tsx', WRITER, ...args.map(String)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) lines.push(line)
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
  return lines
}

function versionsByStream(events: readonly StoredEvent[]): ReadonlyMap<string, readonly number[]> {
  const streams = new Map<string, number[]>()
  for (const { stream, version } of events) streams.set(stream, [...(streams.get(stream) ?? []), version])
  return streams
}

/** Streams whose heads do not know the epoch of their account's lease. */
async function headsOfAnotherEpoch(db: Kysely<StoreTables>): Promise<readonly unknown[]> {
  const { rows } = await sql`SELECT s.stream_id FROM tranche_streams s
    LEFT JOIN tranche_leases l ON l.scope = split_part(s.stream_id, '/', 1)
    WHERE s.epoch IS DISTINCT FROM l.epoch`.execute(db)
  return rows
}

afterAll(async () => {
  await server?.stop()
})

describe.skipIf(server === null)('several processes on one log', () => {
  it(
    'books of their own, shared books, one account they fight for: dense, nothing lost, no epoch goes backwards',
    async () => {
      const random = new Random(printedSeed('processes'))
      const url = await server!.createMigratedDatabase()
      const writing = range(1, PROCESSES).map(async (index) =>
        writeBooks([url, `p${index}`, random.below(2 ** 31), APPENDS, FIGHT_TURNS, FIGHT_SECONDS]),
      )
      const acknowledged = (await Promise.all(writing)).flat()
      const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent })
      const events = await collect(store.readAll())
      expect(events.map(({ position }) => position)).toEqual(range(1, events.length))
      expect(events.map(({ stream, version, id }) => `${stream} ${version} ${id}`).sort()).toEqual(acknowledged.sort())
      const streams = versionsByStream(events)
      for (const versions of streams.values()) expect(versions).toEqual(range(1, versions.length))
      for (const index of range(1, PROCESSES)) expect(streams.get(`p${index}/S1`)).toHaveLength(APPENDS)
      expect(streams.get('shared/S1')).toHaveLength(APPENDS * PROCESSES)
      const epochs = events.flatMap(({ stream, epoch }) => (stream.startsWith('fought/') ? [epoch ?? 0] : []))
      expect(epochs).toEqual(epochs.toSorted((left, right) => left - right))
      expect(await store.verify()).toMatchObject({ status: 'clean', events: events.length })
      expect(await headsOfAnotherEpoch(store.db)).toEqual([])
      await store.close()
      const turns = new Set(epochs).size
      console.info(`${PROCESSES} processes: ${events.length} events, ${epochs.length} of them under ${turns} epochs`)
      expect(turns).toBeGreaterThan(FIGHT_TURNS / 2)
    },
    (APPENDS + FIGHT_TURNS) * PROCESSES * 200 + FIGHT_SECONDS * 2000 + 60_000,
  )
})
