import { TranchebookError } from '@tranchebook/core'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredEvent } from '../src/event-store.js'
import { openPostgresStore } from '../src/open-store.js'
import type { PostgresPlace } from '../src/postgres/postgres-engine.js'
import { runProjection } from '../src/sql/run-projection.js'
import { acquireLease } from '../src/sql/keep-leases.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { collect, numbered, numbers, numbersIn, range } from '../src/contract/contract-case.js'
import { damageEvents } from './damage-events.js'
import { startPostgres } from './postgres-server.js'
import { rounds } from './random.js'

const server = await startPostgres('own')
const TAIL_APPENDS = rounds('STORE_TAIL_APPENDS', 60)

type Store = SqlStore<ContractEvent>

const codeOf = (error: unknown): unknown => (error instanceof TranchebookError ? error.code : error)

async function isAnybodyWaiting({ db }: Store): Promise<boolean> {
  const { rows } = await sql`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db)
  return rows.length > 0
}

const nothing = async (): Promise<void> => Promise.resolve()

describe.skipIf(server === null)('many writers and readers on one log', () => {
  let url = ''
  const stores: Store[] = []
  const open = async (settings: Partial<PostgresPlace> = {}): Promise<Store> => {
    const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent, ...settings })
    stores.push(store)
    return store
  }

  beforeEach(async () => {
    url = await server!.createMigratedDatabase()
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
  })
  afterAll(async () => {
    await server!.stop()
  })

  /** Everything a subscription from the start hands over, until it has `count` events. */
  const follow = async (store: Store, count: number): Promise<StoredEvent<ContractEvent>[]> => {
    const seen: StoredEvent<ContractEvent>[] = []
    const stop = new AbortController()
    for await (const batch of store.subscribe({ after: 0, signal: stop.signal })) {
      seen.push(...batch)
      if (seen.length >= count) stop.abort()
    }
    return seen
  }

  it(
    'a tailing reader misses no late commit while an idle write transaction is open beside',
    async () => {
      const writers = await Promise.all(range(1, 8).map(async () => open({ readers: 1 })))
      const reader = await open()
      const seen = await reader.db.transaction().execute(async (idle) => {
        await sql`CREATE TABLE beside (n integer)`.execute(idle)
        await sql`INSERT INTO beside VALUES (1)`.execute(idle)
        const following = follow(await open(), TAIL_APPENDS * 8)
        await Promise.all(
          writers.map(async (store, writer) => {
            for (const turn of range(1, TAIL_APPENDS)) {
              await store.append(`w${writer}/X`, [numbered(turn)], { expected: turn - 1 })
            }
          }),
        )
        return following
      })
      expect(seen.map(({ position }) => position)).toEqual(range(1, TAIL_APPENDS * 8))
      for (const writer of range(0, 7)) {
        const own = seen.filter(({ stream }) => stream === `w${writer}/X`)
        expect(own.map(({ version }) => version)).toEqual(range(1, TAIL_APPENDS))
      }
    },
    TAIL_APPENDS * 300 + 60_000,
  )

  it('a subscription in another process hears of an append at once, and again after its connection was cut', async () => {
    const writer = await open()
    const reader = await open({ pollMs: 600_000 })
    const stop = new AbortController()
    const batches = reader.subscribe({ after: 0, signal: stop.signal })
    for (const turn of range(1, 5)) {
      const next = batches.next()
      await writer.append('main/X', [numbered(turn)], { expected: turn - 1 })
      const { value } = await next
      expect(value?.map(({ event }) => event.number)).toEqual([turn])
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'
        AND datname = current_database()`.execute(writer.db)
    }
    stop.abort()
  })

  it('a subscription outlives a server that is killed and comes back', async ({ skip }) => {
    if (server!.crash === null) skip('the server is not ours to kill')
    const store = await open({ pollMs: 50 })
    const stop = new AbortController()
    const batches = store.subscribe({ after: 0, signal: stop.signal })
    await store.append('main/X', [numbered(1)], { expected: 0 })
    expect((await batches.next()).value).toHaveLength(1)
    const next = batches.next()
    await server!.crash?.()
    await store.append('main/X', [numbered(2)], { expected: 1 })
    expect((await next).value?.map(({ event }) => event.number)).toEqual([2])
    stop.abort()
  })

  it('an outage is told to whoever subscribed, and a log restored from an older copy meanwhile is refused', async () => {
    const writer = await open()
    await writer.append('main/X', [numbered(1), numbered(2)], { expected: 0 })
    const store = await open({ pollMs: 10, readers: 1 })
    const stop = new AbortController()
    const outages: unknown[] = []
    const batches = store.subscribe({ after: 0, signal: stop.signal, onOutage: (error) => outages.push(error) })
    expect((await batches.next()).value).toHaveLength(2)
    const next = batches.next()
    await sql`UPDATE tranche_log SET position = 1`.execute(writer.db)
    await writer.db.transaction().execute(async (transaction) => {
      await sql`LOCK TABLE tranche_events`.execute(transaction)
      for (;;) if (await isAnybodyWaiting(writer)) break
      await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(transaction)
    })
    await expect(next).rejects.toMatchObject({ code: 'store.log.older', details: { found: 1, anchored: 2 } })
    expect(outages).not.toEqual([])
    for (const outage of outages) expect(String(outage)).toMatch(/terminat/)
  })

  it('a subscription on a damaged log says so', async () => {
    const store = await open()
    await store.append('main/X', [numbered(1)], { expected: 0 })
    await damageEvents(store.db, 'position = 1')
    const batches = store.subscribe({ after: 0, signal: new AbortController().signal })
    await expect(batches.next()).rejects.toMatchObject({ code: 'XX001' })
  })

  it('a projection of one’s own goes on from its checkpoint after its connection was cut', async () => {
    const store = await open()
    for (const turn of range(1, 6)) await store.append('main/X', [numbered(turn)], { expected: turn - 1 })
    const stop = new AbortController()
    const outages: unknown[] = []
    const taken: number[] = []
    const projection = {
      name: 'kept positions',
      version: 1,
      reset: async (transaction: Store['db']): Promise<void> => {
        await sql`CREATE TABLE kept (position bigint PRIMARY KEY)`.execute(transaction)
      },
      apply: async (transaction: Store['db'], events: readonly StoredEvent<ContractEvent>[]): Promise<void> => {
        for (const { position } of events) {
          taken.push(position)
          await sql`INSERT INTO kept VALUES (${position})`.execute(transaction)
        }
        if (taken.length === 4) {
          const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(transaction)
          await sql`SELECT pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(store.db)
        }
        if (taken.includes(6)) stop.abort()
      },
    }
    const onOutage = (error: unknown): void => {
      outages.push(error)
    }
    await runProjection(store, projection, { signal: stop.signal, batchSize: 2, onOutage })
    expect(taken).toEqual([1, 2, 3, 4, 3, 4, 5, 6])
    expect(outages).toHaveLength(1)
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM kept`.execute(store.db)
    expect(rows).toEqual([{ n: 6 }])
  })

  it('a projection of one’s own whose checkpoint the log does not reach is refused', async () => {
    const store = await open()
    await store.append('main/X', [numbered(1)], { expected: 0 })
    const row = { name: 'ahead', position: 9, projection_version: 1 }
    await store.db.insertInto('tranche_checkpoints').values(row).execute()
    const projection = { name: 'ahead', version: 1, reset: nothing, apply: nothing }
    const run = runProjection(store, projection, { signal: new AbortController().signal })
    await expect(run).rejects.toMatchObject({ code: 'store.log.older', details: { found: 1, anchored: 9 } })
  })

  it('without LISTEN a subscription finds new events by looking', async () => {
    const store = await open({ isPooled: true, pollMs: 20 })
    const other = await open()
    const stop = new AbortController()
    const batches = store.subscribe({ after: 0, signal: stop.signal })
    const next = batches.next()
    await other.append('main/X', [numbered(1)], { expected: 0 })
    expect((await next).value).toHaveLength(1)
    stop.abort()
  })

  it('a standby takes an account over within the time to live of its dead owner', async () => {
    const dead = await open()
    const standby = await open()
    const ttlMs = 150
    await dead.acquireLease({ scope: 'main', holder: 'dead', ttlMs })
    const started = performance.now()
    for (;;) {
      const answer = await standby.acquireLease({ scope: 'main', holder: 'standby', ttlMs })
      if (answer.type === 'granted') break
    }
    expect(performance.now() - started).toBeLessThan(ttlMs + 1000)
    expect(await numbersIn(standby, 'main/X')).toEqual([])
  })

  it('an append that waits for its turn while somebody takes the account over is fenced', async () => {
    const owner = await open()
    const { lease } = await owner.acquireLease({ scope: 'main', holder: 'owner', ttlMs: 1 })
    await owner.append('main/X', [numbered(1)], { expected: 0, epoch: lease.epoch })
    const standby = await open()
    const { appended } = await standby.db.transaction().execute(async (transaction) => {
      await sql`SELECT 1 FROM tranche_log FOR UPDATE`.execute(transaction)
      const waiting = owner.append('main/X', [numbered(2)], { expected: 1, epoch: lease.epoch }).catch(codeOf)
      while (!(await isAnybodyWaiting(standby))) await standby.logHead()
      while ((await acquireLease(transaction, { scope: 'main', holder: 'standby', ttlMs: 60_000 })).type === 'held');
      return { appended: waiting }
    })
    expect(await appended).toBe('store.fenced')
    await standby.append('main/X', [numbered(3)], { expected: 1, epoch: lease.epoch + 1 })
    expect(await numbersIn(standby, 'main/X')).toEqual([1, 3])
  })

  it('an append of any kind, a replay and a snapshot read and write the partitions of their streams alone', async () => {
    const streams = ['main/X', 'main/Y', 'other/Z']
    const each = async (work: (stream: string) => Promise<unknown>): Promise<unknown> => Promise.all(streams.map(work))
    const store = await open()
    await each(async (stream) => store.append(stream, numbers(1, 3), { expected: 'none' }))
    // A plan is made for whatever comes only when a statement was run five times.
    for (const turn of range(1, 8)) {
      const version = turn * 4
      await each(async (stream) => store.append(stream, [numbered(version)], { expected: version - 1 }))
      await store.append('main/X', numbers(version + 1, version + 2), { expected: version })
      for (const stream of streams.slice(1))
        await store.append(stream, numbers(version + 1, version + 2), { expected: 'any' })
      for (const expected of [version, 'any'] as const) {
        const again = await store.append('main/X', numbers(version + 1, version + 2), { expected })
        expect(again.isDuplicate).toBe(true)
      }
      const late = store.append('main/X', [numbered(version)], { expected: version - 2 }).catch(codeOf)
      expect(await late).toBe('store.conflict.version')
      await each(async (stream) => store.append(stream, [numbered(version + 3)], { expected: 'exists' }))
      await each(async (stream) => store.saveSnapshot({ stream, version, schema: 's', state: '{}' }))
      await each(async (stream) => store.loadSnapshot(stream, 's'))
      if (turn === 4) await each(async (stream) => store.archive({ stream, through: 8 }))
      await each(async (stream) => numbersIn(store, stream))
      for await (const events of store.replay('main/X', { after: version })) expect(events).toHaveLength(3)
    }
    await store.close()
    const reader = await open()
    const holding = await partitionsThatHold(reader)
    expect(holding.length).toBeLessThan(PARTITIONS)
    expect(await partitionsTouched(reader)).toEqual(holding)
    await collect(reader.readAll())
    await reader.close()
    expect(await partitionsTouched(await open())).toHaveLength(PARTITIONS)
  })
})

const PARTITIONS = 8

/** Partitions in which there are events. */
async function partitionsThatHold({ db }: Store): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`SELECT DISTINCT tableoid::regclass::text AS name FROM tranche_events
    ORDER BY name`.execute(db)
  return rows.map(({ name }) => name)
}

/** Partitions that were read or written by connections which have ended: then they have told it. */
async function partitionsTouched({ db }: Store): Promise<readonly string[]> {
  for (;;) {
    const others = await sql`SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`.execute(db)
    if (others.rows.length === 0) break
  }
  const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_stat_user_tables
    WHERE relname LIKE 'tranche\\_events\\__' AND seq_scan + coalesce(idx_scan, 0) + n_tup_ins > 0 ORDER BY name`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}
