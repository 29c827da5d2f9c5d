import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BookEvent, upcast } from '@tranchebook/core'
import { openEmbeddedStore, openPostgresStore, type StoreOptions } from '../src/open-store.js'
import { projectEvent } from '../src/projections/project-event.js'
import { startPostgres } from '../test/postgres-server.js'
import { appendFigures, distantAppendFigures, groupCommit, groupCommitFigures } from './append-bench.js'
import { replayFigures } from './replay-bench.js'
import { rivalFigures, smallReplayFigures } from './replay-rivals.js'
import { subscriptionFigures } from './subscription-bench.js'
import { milliseconds, rounded, timeByTurns } from './timing.js'
import { bookEvents, recorded } from './workload.js'

type Figures = Record<string, number | string | null>

/** 1 is the full benchmark; smaller numbers are for trying it out. */
const SCALE = Number(process.env['BENCH_SCALE'] ?? 1)
const OPTIONS: StoreOptions<BookEvent> = { decode: upcast }

async function postgresFigures(): Promise<Figures> {
  const server = await startPostgres()
  if (server === null) return { postgres: null }
  const connectionString = await server.createDatabase()
  const store = await openPostgresStore({ ...OPTIONS, connectionString })
  const projected = await openPostgresStore({ ...OPTIONS, connectionString, project: projectEvent })
  try {
    const append = await appendFigures(connectionString, { store, projected }, Math.ceil(3000 * SCALE))
    const distant = await distantAppendFigures(await server.createDatabase(), OPTIONS, Math.ceil(300 * SCALE))
    const groups = await groupCommitFigures(connectionString, store, SCALE)
    const shape = { producers: 512, events: 1, perProducer: Math.ceil(20 * SCALE) }
    const projectedPerSecond = rounded(await groupCommit(projected, shape))
    const heard = await subscriptionFigures(store, projected, Math.ceil(500 * SCALE))
    const replayUrl = await server.createDatabase()
    const log = await openPostgresStore({ ...OPTIONS, connectionString: replayUrl })
    const replayed = await replayFigures(log, Math.ceil((1_000_000 * SCALE) / 10) * 10)
    const rivals = await rivalFigures(replayUrl, log, Math.ceil(100_000 * SCALE))
    await log.close()
    const small = await smallReplayFigures(await server.createDatabase(), Math.ceil(200_000 * SCALE))
    const projecting = { groupCommitProjectedEventsPerSecond: projectedPerSecond }
    return { ...append, ...distant, ...groups, ...projecting, ...heard, ...replayed, ...rivals, ...small }
  } finally {
    await store.close()
    await projected.close()
    await server.stop()
  }
}

async function embeddedFigures(durability: 'process' | 'strict'): Promise<Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'tranche-bench-'))
  const openMs = await milliseconds(async () => {
    const made = await openEmbeddedStore({ ...OPTIONS, directory, durability })
    await made.close()
  })
  const store = await openEmbeddedStore({ ...OPTIONS, directory, durability })
  const events = bookEvents('one', 2).slice(1)
  const append = async (turn: number): Promise<unknown> =>
    store.append('one/BTCUSDT', recorded(events, turn), { expected: turn })
  const times = await timeByTurns({ appends: append }, Math.ceil(1000 * SCALE))
  const shape = { producers: 64, events: 8, perProducer: Math.ceil(10 * SCALE) }
  const perSecond = await groupCommit(store, shape)
  const name = durability === 'strict' ? 'embeddedStrict' : 'embedded'
  const replayed = durability === 'strict' ? {} : await replayFigures(store, Math.ceil((100_000 * SCALE) / 10) * 10)
  await store.close()
  await rm(directory, { recursive: true })
  return {
    [`${name}FirstOpenMs`]: rounded(openMs),
    [`${name}AppendMs`]: rounded(times.get('appends')?.p50 ?? NaN),
    [`${name}GroupCommitEventsPerSecond`]: rounded(perSecond),
    ...Object.fromEntries(
      Object.entries(replayed).map(([key, value]) => [`${name}${key[0]?.toUpperCase()}${key.slice(1)}`, value]),
    ),
  }
}

/** Figures of the store on Postgres and embedded. Run alone; only ratios within one run compare. */
export async function run(): Promise<Figures> {
  return { ...(await postgresFigures()), ...(await embeddedFigures('process')), ...(await embeddedFigures('strict')) }
}
