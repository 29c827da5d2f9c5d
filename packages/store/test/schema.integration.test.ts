import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeContractEvent } from '../src/contract/index.js'
import { openPostgresStore } from '../src/open-store.js'
import { openPGliteEngine } from '../src/pglite/pglite-engine.js'
import { openPostgresEngine } from '../src/postgres/postgres-engine.js'
import { assertCurrent, migrate, SCHEMA_VERSIONS } from '../src/schema/migrate.js'
import type { SqlEngine } from '../src/sql/sql-engine.js'
import { describeSchema } from './describe-schema.js'
import { bareDirectory } from './embedded-directory.js'
import { startPostgres } from './postgres-server.js'

const server = await startPostgres()

/** Processes start as fast as the machine lets them. */
const KILL_MS = 120_000
const PATIENCE = { timeout: 20_000, interval: 50 }

interface Place {
  readonly name: string
  readonly open: () => Promise<SqlEngine>
}

const places: Place[] = [{ name: 'PGlite', open: async () => openPGliteEngine({ directory: null }) }]
if (server !== null) {
  const open = async (): Promise<SqlEngine> => openPostgresEngine({ connectionString: await server.createDatabase() })
  places.unshift({ name: 'Postgres', open })
}

afterAll(async () => {
  await server?.stop()
})

describe.each(places)('schema on $name', ({ open }) => {
  let engine: SqlEngine
  beforeAll(async () => {
    engine = await open()
  })
  beforeEach(async () => {
    await sql`DROP SCHEMA public CASCADE`.execute(engine.db)
    await sql`CREATE SCHEMA public`.execute(engine.db)
  })
  afterAll(async () => {
    await engine.close()
  })

  it('every version of the schema is what it was when it was released', async () => {
    const { db } = engine
    for (const version of SCHEMA_VERSIONS) {
      await migrate(db, version)
      await expect(await describeSchema(db)).toMatchFileSnapshot(`schema/${version}.txt`)
    }
  })

  it('a log of before, whose heads know no epoch, goes on under the leases it has', async () => {
    const { db } = engine
    await migrate(db, '0004-append')
    await sql`INSERT INTO tranche_leases VALUES ('main', 'owner', 7, 0)`.execute(db)
    await sql`INSERT INTO tranche_streams SELECT name, 0, 0, decode(repeat('00', 32), 'hex')
      FROM unnest(ARRAY['main/X', 'main', 'mainly/X']) AS name`.execute(db)
    await migrate(db)
    const heads = await sql`SELECT stream_id, epoch::int FROM tranche_streams ORDER BY stream_id`.execute(db)
    expect(heads.rows).toEqual([
      { stream_id: 'main', epoch: 7 },
      { stream_id: 'main/X', epoch: 7 },
      { stream_id: 'mainly/X', epoch: null },
    ])
    const append = async (epoch: number): Promise<unknown> => {
      const { rows } = await sql<{
        answer: string
      }>`SELECT tranche_append_one('main/X', 0, ${epoch}, 'a', 'T', 1::smallint,
        NULL, 0, '{}', NULL, NULL) AS answer`.execute(db)
      return rows[0]?.answer
    }
    expect(await append(6)).toBe('fenced,7')
    expect(await append(7)).toBe('ok,1,1')
  })

  it.each([
    ['tranches', 'id'],
    ['tranche_orders', 'client_order_id'],
    ['tranche_costs', 'tranche_id'],
  ])('a row of %s is found by its key, in a table that nobody took statistics of', async (table, key) => {
    const { db } = engine
    await migrate(db)
    const plan = await db.transaction().execute(async (transaction) => {
      await sql`SET LOCAL enable_seqscan = off`.execute(transaction)
      return sql<{ 'QUERY PLAN': string }>`EXPLAIN (COSTS OFF) DELETE FROM ${sql.table(table)}
        WHERE account = 'a' AND symbol = 'X' AND ${sql.ref(key)} = '1'`.execute(transaction)
    })
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(`${table}_pkey`)
  })

  it('a step that fails leaves nothing behind, and the next attempt completes', async () => {
    const { db } = engine
    await sql`CREATE TABLE tranche_fills (in_the_way integer)`.execute(db)
    await expect(migrate(db)).rejects.toMatchObject({
      code: 'store.schema.failed',
      details: { step: '0003-projections' },
    })
    const tables = await sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_tables
      WHERE schemaname = 'public' AND tablename IN ('tranche_log', 'tranche_events', 'tranches')`.execute(db)
    expect(tables.rows[0]?.n).toBe(0)
    await sql`DROP TABLE tranche_fills`.execute(db)
    await migrate(db)
    await assertCurrent(db)
  })
})

describe.skipIf(server === null)('schema on a server', () => {
  const engines: SqlEngine[] = []
  const opened = async (connectionString: string): Promise<SqlEngine> => {
    const engine = openPostgresEngine({ connectionString })
    engines.push(engine)
    return Promise.resolve(engine)
  }
  afterEach(async () => {
    for (const each of engines.splice(0)) await each.close()
  })

  it('a database that a newer program has changed is refused', async () => {
    const { db } = await opened(await server!.createMigratedDatabase())
    await sql`INSERT INTO tranche_migrations VALUES ('9999-future', now()::text)`.execute(db)
    await expect(migrate(db)).rejects.toMatchObject({ code: 'store.schema.newer' })
    await expect(assertCurrent(db)).rejects.toThrow(/schema 9999-future, this program knows .*: run a newer version/)
  })

  it('an older database is refused where migrating is not wanted', async () => {
    const { db } = await opened(await server!.createDatabase())
    await migrate(db, SCHEMA_VERSIONS[1])
    await expect(assertCurrent(db)).rejects.toMatchObject({
      code: 'store.schema.missing',
      details: { missing: SCHEMA_VERSIONS.slice(2) },
    })
  })

  it('eight processes that open an empty database at once all succeed', async () => {
    const connectionString = await server!.createDatabase()
    const stores = await Promise.all(
      Array.from({ length: 8 }, async () => openPostgresStore({ connectionString, decode: decodeContractEvent })),
    )
    expect(stores).toHaveLength(8)
    for (const store of stores) await store.close()
  })

  it('a database that does not store text as UTF-8 is refused', async () => {
    const url = new URL(await server!.createDatabase())
    const admin = openPostgresEngine({ connectionString: url.toString() })
    await sql.raw(`CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`).execute(admin.db)
    await admin.close()
    url.pathname = '/latin'
    const opening = openPostgresStore({ connectionString: url.toString(), decode: decodeContractEvent })
    await expect(opening).rejects.toMatchObject({ code: 'store.schema.encoding' })
  })
})

const MIGRATING = fileURLToPath(new URL('migrate-until.ts', import.meta.url))

/** Kills a process that migrates a database, at a moment of a step. @throws {Error} where it never came to it */
async function killAt(moment: string, step: string, [kind, place]: readonly [string, string]): Promise<void> {
  const args = ['--conditions=@tranchebook/source', '--import', 'tsx', MIGRATING, kind, place, step, moment]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited])
  child.kill('SIGKILL')
  await exited
  expect(said).toEqual([`${step} ${moment}`])
}

/** Whatever a step makes, but for the list of steps itself. */
async function leftBehind({ db }: SqlEngine): Promise<readonly unknown[]> {
  const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'tranche_migrations%'
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`.execute(db)
  const steps = await sql.raw('SELECT * FROM tranche_migrations').execute(db)
  return [...rows, ...steps.rows]
}

async function expectWhole(engine: SqlEngine): Promise<void> {
  await migrate(engine.db)
  await assertCurrent(engine.db)
  await expect(await describeSchema(engine.db)).toMatchFileSnapshot(`schema/${SCHEMA_VERSIONS.at(-1)}.txt`)
}

describe.each(SCHEMA_VERSIONS)('kill -9 of a process that migrates, in %s', (step) => {
  it.skipIf(server === null).each(['begun', 'done'])(
    'at the moment %s: a server has nothing of it, and the next process starts over',
    async (moment) => {
      const connectionString = await server!.createDatabase()
      await killAt(moment, step, ['postgres', connectionString])
      const engine = openPostgresEngine({ connectionString })
      try {
        await vi.waitFor(async () => {
          expect(await leftBehind(engine)).toEqual([])
        }, PATIENCE)
        await expectWhole(engine)
      } finally {
        await engine.close()
      }
    },
    KILL_MS,
  )

  it(
    'at the moment done: an embedded store has nothing of it, and the next process starts over',
    async () => {
      const directory = await bareDirectory()
      try {
        await killAt('done', step, ['pglite', directory])
        const engine = await openPGliteEngine({ directory })
        expect(await leftBehind(engine)).toEqual([])
        await expectWhole(engine)
        await engine.close()
      } finally {
        await rm(directory, { recursive: true })
      }
    },
    KILL_MS,
  )
})
