import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collect, numbered, numbers } from '../src/contract/contract-case.js'
import { type ContractEvent, decodeContractEvent } from '../src/contract/index.js'
import { keepLease, systemLeaseClock } from '../src/lease-keeper.js'
import { openPostgresStore, type StoreOptions } from '../src/open-store.js'
import { openPostgresEngine, type PostgresPlace } from '../src/postgres/postgres-engine.js'
import type { SqlEngine } from '../src/sql/sql-engine.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { FaultyProxy } from './faulty-proxy.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres('own')
const STREAM = 'main/BTCUSDT'

describe.skipIf(server === null)('connections to a server', () => {
  let url = ''
  let proxy: FaultyProxy
  const opened: { readonly close: () => Promise<void> }[] = []

  const openEngine = (place: Partial<PostgresPlace> = {}): SqlEngine => {
    const engine = openPostgresEngine({ connectionString: url, ...place })
    opened.push(engine)
    return engine
  }
  const open = async (
    place: Partial<PostgresPlace & StoreOptions<ContractEvent>> = {},
  ): Promise<SqlStore<ContractEvent>> => {
    const store = await openPostgresStore({ connectionString: url, decode: decodeContractEvent, ...place })
    opened.push(store)
    return store
  }

  beforeEach(async () => {
    url = await server!.createMigratedDatabase()
    proxy = new FaultyProxy(url)
  })
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
    await proxy.stop()
  })
  afterAll(async () => {
    await server!.stop()
  })

  it.each([false, true])('a transaction that the server gives up leaves nothing (pooled: %s)', async (isPooled) => {
    const { db, within } = bound(openEngine({ isPooled, readers: 1 }))
    const slow = within(200)
      .transaction()
      .execute(async (transaction) => {
        await sql`INSERT INTO tranche_checkpoints VALUES ('stray', 1, NULL)`.execute(transaction)
        await sql`SELECT pg_sleep(60)`.execute(transaction)
      })
    await expect(slow).rejects.toMatchObject({ code: '57014' })
    await db.insertInto('tranche_checkpoints').values({ name: 'next', position: 1, projection_version: null }).execute()
    expect(await namesIn(openEngine())).toEqual(['next'])
  })

  it('a connection on which an answer does not come is cut, with what was open on it', async () => {
    const { db, within } = bound(openEngine({ connectionString: await proxy.start(), readers: 1 }))
    const stray = within(200)
      .transaction()
      .execute(async (transaction) => {
        await sql`INSERT INTO tranche_checkpoints VALUES ('stray', 1, NULL)`.execute(transaction)
        proxy.freeze()
        await sql`SELECT 1`.execute(transaction)
      })
    await expect(stray).rejects.toMatchObject({ code: 'store.connection.lost' })
    await db.insertInto('tranche_checkpoints').values({ name: 'next', position: 1, projection_version: null }).execute()
    expect(await namesIn(openEngine())).toEqual(['next'])
  })

  it('connections that lie idle when one freezes are not lent any more', async () => {
    const { db, within } = bound(openEngine({ connectionString: await proxy.start(), readers: 3 }))
    await Promise.all([1, 2, 3].map(async () => sql`SELECT pg_sleep(0.1)`.execute(db)))
    proxy.freeze()
    const brief = within(200)
    await expect(sql`SELECT 1`.execute(brief)).rejects.toMatchObject({ code: 'store.connection.lost' })
    await expect(sql`SELECT 1`.execute(brief)).resolves.toMatchObject({ rows: [{ '?column?': 1 }] })
  })

  it('a transaction that stands still is ended by the server, and holds the log no longer', async () => {
    const { within } = bound(openEngine())
    const store = await open()
    const still = within(300)
      .transaction()
      .execute(async (transaction) => {
        await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
        return store.append(STREAM, [numbered(1)], { expected: 0 })
      })
    await expect(still).rejects.toMatchObject({ code: 'store.connection.lost' })
    expect(await store.streamHead(STREAM)).toMatchObject({ version: 1 })
  })

  it('a lease that was asked for in vain is not granted later', async () => {
    const store = await open({ statementTimeoutMs: 200 })
    await openEngine()
      .db.transaction()
      .execute(async (transaction) => {
        await sql`SELECT 1 FROM tranche_log WHERE id = 1 FOR UPDATE`.execute(transaction)
        const asked = store.acquireLease({ scope: 'main', holder: 'standby', ttlMs: 15_000 })
        await expect(asked).rejects.toMatchObject({ code: '57014' })
        const { rows } = await sql`SELECT query FROM pg_stat_activity WHERE query LIKE '%tranche_acquire_lease(%'
          AND state = 'active' AND pid <> pg_backend_pid()`.execute(transaction)
        expect(rows).toEqual([])
      })
    const { rows } = await sql`SELECT * FROM tranche_leases`.execute(store.db)
    expect(rows).toEqual([])
  })

  it('frozen connections cost neither the lease nor a subscription', async () => {
    const store = await open({ connectionString: await proxy.start(), statementTimeoutMs: 300, pollMs: 50 })
    const ttlMs = 3000
    const { lease } = await store.acquireLease({ scope: 'main', holder: 'owner', ttlMs })
    const end = new AbortController()
    const { signal } = end
    let renewed = 0
    const lostBeforeRenewedThrice = new Promise<unknown>((resolve) => {
      const acquireLease = store.acquireLease.bind(store)
      const releaseLease = store.releaseLease.bind(store)
      const renewLease: typeof store.renewLease = async (...asked) => {
        const after = await store.renewLease(...asked)
        renewed += 1
        if (renewed === 3) resolve(null)
        return after
      }
      const around = { store: { acquireLease, renewLease, releaseLease }, clock: systemLeaseClock, signal }
      keepLease(lease, { ttlMs, onLost: resolve }, around)
    })
    const batches = store.subscribe({ after: 0, signal })
    await Promise.all([1, 2, 3, 4].map(async () => sql`SELECT pg_sleep(0.1)`.execute(store.db)))
    proxy.freeze()
    await store.append(STREAM, [numbered(1)], { expected: 0, epoch: lease.epoch })
    expect((await batches.next()).value).toMatchObject([{ version: 1 }])
    expect(await lostBeforeRenewedThrice).toBeNull()
    end.abort()
  })

  it('a connection that ends while the log is read says so in words of the store', async () => {
    const store = await open({ connectionString: await proxy.start() })
    await store.append(STREAM, numbers(1, 10), { expected: 0 })
    const reading = sql`SELECT pg_sleep(60)`.execute(store.db)
    const events = collect(store.readAll())
    await events
    proxy.cutAll()
    await expect(reading).rejects.toMatchObject({ code: 'store.connection.lost' })
  })

  it.each([
    ['a database', (wrong: URL) => (wrong.pathname = '/nowhere')],
    ['a user', (wrong: URL) => (wrong.username = 'nobody')],
  ])('%s that does not exist is refused at once', async (_, spoil) => {
    const wrong = new URL(url)
    spoil(wrong)
    await expect(open({ connectionString: wrong.toString() })).rejects.toMatchObject({ code: 'store.access.refused' })
    const { channel } = openEngine({ connectionString: wrong.toString() })
    const appended = channel.run({ name: 'any', text: 'SELECT 1', values: [] })
    await expect(appended).rejects.toMatchObject({ code: 'store.access.refused' })
  })

  it.each([false, true])('appends and leases are durable whatever the database says (pooled: %s)', async (isPooled) => {
    const { db } = openEngine()
    await sql.raw(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`).execute(db)
    await sql`CREATE TABLE seen (at text, mode text)`.execute(db)
    await sql`CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO seen VALUES (TG_ARGV[0], current_setting('synchronous_commit')); RETURN NULL; END $$`.execute(db)
    for (const table of ['tranche_events', 'tranche_leases', 'tranche_checkpoints'])
      await sql`CREATE CONSTRAINT TRIGGER see AFTER INSERT ON ${sql.table(table)} DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION see(${sql.lit(table)})`.execute(db)
    const store = await open({ isPooled, project: () => [] })
    await store.append(STREAM, [numbered(1)], { expected: 0 })
    await store.append(STREAM, numbers(2, 3), { expected: 'any' })
    await store.acquireLease({ scope: 'other', holder: 'owner', ttlMs: 1000 })
    await store.saveCheckpoint({ name: 'reader', position: 1 }, 0)
    const { rows } = await sql`SELECT DISTINCT at, mode FROM seen ORDER BY at`.execute(db)
    expect(rows).toEqual([
      { at: 'tranche_checkpoints', mode: 'off' },
      { at: 'tranche_events', mode: 'on' },
      { at: 'tranche_leases', mode: 'on' },
    ])
  })

  it('a server that does not write through to its disk is found out', async ({ skip }) => {
    if (server!.crash === null) skip('the server is not ours to change')
    const store = await open()
    expect(await store.unsafeSettings()).toEqual([])
    const set = async (setting: string): Promise<void> => {
      await sql.raw(`ALTER SYSTEM SET fsync = ${setting}`).execute(store.db)
      await sql`SELECT pg_reload_conf()`.execute(store.db)
    }
    await set('off')
    while ((await store.unsafeSettings()).length === 0) await new Promise(setImmediate)
    expect(await store.unsafeSettings()).toEqual(['fsync'])
    await set('on')
  })

  it('logs in two schemas of one database are two logs', async () => {
    const empty = await server!.createDatabase()
    const admin = openEngine({ connectionString: empty })
    await sql`CREATE SCHEMA a`.execute(admin.db)
    await sql`CREATE SCHEMA b`.execute(admin.db)
    const inSchema = async (schema: string): Promise<SqlStore<ContractEvent>> => {
      const place = new URL(empty)
      place.searchParams.set('options', `-c search_path=${schema}`)
      return open({ connectionString: place.toString() })
    }
    const [a, b] = [await inSchema('a'), await inSchema('b')]
    await a.append(STREAM, numbers(1, 2), { expected: 0 })
    await b.append(STREAM, numbers(1, 1), { expected: 0 })
    expect([(await a.logHead()).position, (await b.logHead()).position]).toEqual([2, 1])
    expect((await (await inSchema('b')).verify()).status).toBe('clean')
    await expect(inSchema('missing')).rejects.toThrow(/search_path names no schema that exists/)
  })
})

function bound(engine: SqlEngine): Pick<SqlEngine, 'db' | 'within'> {
  return { db: engine.db, within: (limitMs) => engine.within(limitMs) }
}

async function namesIn({ db }: SqlEngine): Promise<readonly string[]> {
  return (await db.selectFrom('tranche_checkpoints').select('name').execute()).map(({ name }) => name)
}
