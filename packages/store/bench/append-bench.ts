import { randomUUID } from 'node:crypto'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import type { BookEvent } from '@tranchebook/core'
import { Client } from 'pg'
import { openPostgresStore, type StoreOptions } from '../src/open-store.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { distantServer } from './distant-server.js'
import { best, rounded, timeByTurns } from './timing.js'
import { bookEvents, recorded } from './workload.js'

type Store = SqlStore<BookEvent>
type Figures = Record<string, number | string | null>

const BARE = `CREATE TABLE bare (position bigserial PRIMARY KEY, stream text NOT NULL, version bigint NOT NULL,
  event_id uuid NOT NULL UNIQUE, type text NOT NULL, data jsonb NOT NULL, UNIQUE (stream, version))`
const INSERT = 'INSERT INTO bare (stream, version, event_id, type, data) VALUES ($1, $2, $3, $4, $5)'

interface Rival {
  readonly append: (turn: number) => Promise<unknown>
  readonly close: () => Promise<void>
}

async function bareInsert(url: string, event: BookEvent): Promise<Rival> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(BARE)
  const data = JSON.stringify(event)
  const append = async (turn: number): Promise<unknown> =>
    client.query({ name: 'bare', text: INSERT, values: ['s', turn, randomUUID(), event.type, data] })
  return {
    append,
    close: async () => {
      await client.end()
    },
  }
}

async function emmett(url: string, event: BookEvent): Promise<Rival | null> {
  try {
    const store = getPostgreSQLEventStore(url)
    const message = { type: event.type, data: { ...event } }
    await store.appendToStream('first', [message])
    return {
      append: async () => store.appendToStream('s', [message]),
      close: async () => {
        await store.close()
      },
    }
  } catch (error) {
    process.stderr.write(`emmett does not run here: ${String(error)}\n`)
    return null
  }
}

/** Events of the usual decision of a fill. */
const DECISION = 4

interface Appending {
  readonly epoch: number | undefined
  readonly events?: readonly BookEvent[]
}

/** The same log, without and with projections. */
interface Stores {
  readonly store: Store
  readonly projected: Store
}

/** One event with expected version, lease epoch, hash: against a bare prepared INSERT and Emmett, call by call by turns. */
export async function appendFigures(url: string, { store, projected }: Stores, turns: number): Promise<Figures> {
  const decision = bookEvents('x', DECISION + 1).slice(1)
  const [event] = decision
  if (event === undefined) throw new RangeError('the workload is empty')
  const epochs = await Promise.all(
    ['one', 'two'].map(async (scope) => store.acquireLease({ scope, holder: 'bench', ttlMs: 3_600_000 })),
  )
  const [one, two] = epochs.map(({ lease }) => lease.epoch)
  const bare = await bareInsert(url, event)
  const rival = await emmett(url, event)
  const appendTo =
    (to: Store, stream: string, { epoch = 1, events = [event] }: Appending) =>
    async (turn: number): Promise<unknown> => {
      const expected = turn * events.length
      return to.append(stream, recorded(events, expected), { expected, epoch })
    }
  const works = {
    bare: bare.append,
    append: appendTo(store, 'one/X', { epoch: one }),
    decision: appendTo(store, 'one/Y', { epoch: one, events: decision }),
    projected: appendTo(projected, 'two/X', { epoch: two }),
    emmett: rival?.append ?? bare.append,
  }
  const times = await timeByTurns(works, turns)
  await bare.close()
  await rival?.close()
  const p50 = (name: keyof typeof works): number => times.get(name)?.p50 ?? NaN
  return {
    appendVersusBareInsert: rounded(p50('append') / p50('bare')),
    appendDecisionOf4VersusBareInsert: rounded(p50('decision') / p50('bare')),
    appendProjectedVersusBareInsert: rounded(p50('projected') / p50('bare')),
    appendVersusEmmett: rival === null ? null : rounded(p50('emmett') / p50('append')),
    appendMs: rounded(p50('append')),
    appendP99Ms: rounded(times.get('append')?.p99 ?? NaN),
    bareInsertMs: rounded(p50('bare')),
    emmettMs: rival === null ? null : rounded(p50('emmett')),
  }
}

/** How many producers, how many events each of their appends holds, and to how many books. */
export interface Load {
  readonly producers: number
  readonly events: number
  readonly perProducer: number
}

/** Accounts that the books of a load belong to. */
const ACCOUNTS = 8

let loads = 0

/** The same from a distance, where what counts is how often client and server have to ask each other. */
export async function distantAppendFigures(
  url: string,
  options: StoreOptions<BookEvent>,
  turns: number,
): Promise<Figures> {
  const server = await distantServer(url)
  const store = await openPostgresStore({ ...options, connectionString: server.url })
  const [event] = bookEvents('x', 2).slice(1)
  if (event === undefined) throw new RangeError('the workload is empty')
  const bare = await bareInsert(server.url, event)
  const rival = await emmett(server.url, event)
  const append = async (turn: number): Promise<unknown> =>
    store.append('distant/X', recorded([event], turn), { expected: turn })
  const times = await timeByTurns({ bare: bare.append, append, emmett: rival?.append ?? bare.append }, turns)
  await bare.close()
  await rival?.close()
  await store.close()
  await server.close()
  const p50 = (name: string): number => times.get(name)?.p50 ?? NaN
  return {
    distantAppendVersusBareInsert: rounded(p50('append') / p50('bare')),
    distantAppendVersusEmmett: rival === null ? null : rounded(p50('emmett') / p50('append')),
    distantAppendMs: rounded(p50('append')),
  }
}

/** Events per second that many producers at once get through one store, each on a book of its own. */
export async function groupCommit(store: Store, { producers, events, perProducer }: Load): Promise<number> {
  loads += 1
  const batch = bookEvents('x', events + 1).slice(1)
  const run = loads
  const produce = async (producer: number): Promise<void> => {
    const stream = `load${run}-${producer % ACCOUNTS}/S${producer}`
    for (let turn = 0; turn < perProducer; turn += 1) {
      await store.append(stream, recorded(batch, turn * events), { expected: turn * events })
    }
  }
  const start = performance.now()
  await Promise.all(
    Array.from({ length: producers }, async (_, producer) => {
      await produce(producer)
    }),
  )
  return (producers * events * perProducer * 1000) / (performance.now() - start)
}

/** The same rows by multi-row INSERTs of 512, without versions, leases, hashes: what the server can do at best. */
async function bareMultiRow(url: string, batches: number): Promise<number> {
  const event = bookEvents('x', 2)[1]
  const client = new Client({ connectionString: url })
  await client.connect()
  const rows = Array.from(
    { length: 512 },
    (_, row) => `($${row * 5 + 1}, $${row * 5 + 2}, $${row * 5 + 3}, $${row * 5 + 4}, $${row * 5 + 5})`,
  )
  const text = `INSERT INTO bare (stream, version, event_id, type, data) VALUES ${rows.join(', ')}`
  const data = JSON.stringify(event)
  const stream = randomUUID()
  const start = performance.now()
  for (let batch = 0; batch < batches; batch += 1) {
    const values = rows.flatMap((_, row) => [stream, batch * 512 + row, randomUUID(), 'FillBooked', data])
    await client.query({ name: 'rows', text, values })
  }
  const perSecond = (batches * 512 * 1000) / (performance.now() - start)
  await client.end()
  return perSecond
}

/** Group commit in three shapes, best of three rounds each. */
export async function groupCommitFigures(url: string, store: Store, scale: number): Promise<Figures> {
  const rounds = async (shape: Load): Promise<number> =>
    rounded(await best(3, async () => groupCommit(store, shape), Math.max))
  const few = { producers: 64, events: 1, perProducer: Math.ceil(60 * scale) }
  const many = { producers: 512, events: 1, perProducer: Math.ceil(20 * scale) }
  const decisions = { producers: 64, events: 8, perProducer: Math.ceil(20 * scale) }
  const perSecond = await rounds(many)
  const bare = rounded(await best(3, async () => bareMultiRow(url, Math.ceil(20 * scale)), Math.max))
  return {
    groupCommitEventsPerSecond: perSecond,
    groupCommitVersusBareMultiRow: rounded(perSecond / bare),
    groupCommit64ProducersEventsPerSecond: await rounds(few),
    groupCommitDecisionsOf8EventsPerSecond: await rounds(decisions),
    bareMultiRowEventsPerSecond: bare,
  }
}
