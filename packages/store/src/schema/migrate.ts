import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from 'kysely'
import { StoreError } from '../store-errors.js'
import { up as log } from './migrations/0001-log.js'
import { up as guard } from './migrations/0002-guard.js'
import { up as projections } from './migrations/0003-projections.js'
import { up as append } from './migrations/0004-append.js'
import { up as heads } from './migrations/0005-heads.js'
import { up as leftOut } from './migrations/0006-left-out.js'
import type { StoreTables } from './tables.js'

/** Every step from nothing to today, forward only. A released step never changes. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-log': { up: log },
  '0002-guard': { up: guard },
  '0003-projections': { up: projections },
  '0004-append': { up: append },
  '0005-heads': { up: heads },
  '0006-left-out': { up: leftOut },
}

/** Steps this code knows, in order. */
export const SCHEMA_VERSIONS: readonly string[] = Object.keys(MIGRATIONS)

const TABLE = 'tranche_migrations'

/**
 * The schema of the database this log is in: where the steps were noted, else where `search_path` makes new tables. Several
 * logs may live in one database, each in a schema of its own.
 */
async function schemaOf(db: Kysely<StoreTables>): Promise<string> {
  const { rows } = await sql<{ schema: string | null }>`SELECT coalesce(
    (SELECT nspname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE pg_class.oid = to_regclass(${TABLE})),
    current_schema()) AS schema`.execute(db)
  const schema = rows[0]?.schema ?? null
  if (schema !== null) return schema
  throw new StoreError('store.schema.failed', 'search_path names no schema that exists: create it first')
}

async function appliedSteps(db: Kysely<StoreTables>): Promise<readonly string[]> {
  const { rows: found } = await sql<{ name: string | null }>`SELECT to_regclass(${TABLE})::text AS name`.execute(db)
  if (found[0]?.name == null) return []
  const { rows } = await sql<{ name: string }>`SELECT name FROM ${sql.table(TABLE)} ORDER BY name`.execute(db)
  return rows.map(({ name }) => name)
}

/** @throws {StoreError} `store.schema.newer` where the database has steps that this code does not know */
async function assertNotNewer(db: Kysely<StoreTables>): Promise<readonly string[]> {
  const applied = await appliedSteps(db)
  const unknown = applied.filter((name) => !SCHEMA_VERSIONS.includes(name))
  if (unknown.length === 0) return applied
  throw new StoreError(
    'store.schema.newer',
    `the database has schema ${unknown.at(-1)}, this program knows ${SCHEMA_VERSIONS.at(-1)}: run a newer version of it`,
    { details: { unknown, known: SCHEMA_VERSIONS.at(-1) } },
  )
}

async function assertUtf8(db: Kysely<StoreTables>): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`SHOW server_encoding`.execute(db)
  const encoding = rows[0]?.server_encoding ?? 'unknown'
  if (encoding === 'UTF8') return
  const message = `the database stores text as ${encoding}; create it with ENCODING 'UTF8', or text and hashes would change`
  throw new StoreError('store.schema.encoding', message, { details: { encoding } })
}

function migratorOf(db: Kysely<StoreTables>, migrationTableSchema: string): Migrator {
  const provider: MigrationProvider = { getMigrations: async () => Promise.resolve({ ...MIGRATIONS }) }
  const names = { migrationTableName: TABLE, migrationLockTableName: `${TABLE}_lock`, migrationTableSchema }
  return new Migrator({ db, provider, ...names })
}

/**
 * Brings the schema to `target` (today by default), all steps in one transaction: killed in between, it starts over.
 * Several processes may call it at once.
 *
 * @throws {StoreError} `store.schema.newer`, `store.schema.encoding`, `store.schema.failed`
 */
export async function migrate(db: Kysely<StoreTables>, target?: string): Promise<void> {
  const applied = await assertNotNewer(db)
  if (target === undefined && applied.length === SCHEMA_VERSIONS.length) return
  await assertUtf8(db)
  const migrator = migratorOf(db, await schemaOf(db))
  const { error, results } = await (target === undefined ? migrator.migrateToLatest() : migrator.migrateTo(target))
  if (error === undefined) return
  const step = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'unknown'
  const why = error instanceof Error ? error.message : JSON.stringify(error)
  throw new StoreError('store.schema.failed', `schema step ${step} failed, nothing was changed: ${why}`, {
    details: { step },
    cause: error,
  })
}

/** @throws {StoreError} `store.schema.missing` where steps are not applied yet, `store.schema.newer` */
export async function assertCurrent(db: Kysely<StoreTables>): Promise<void> {
  const applied = await assertNotNewer(db)
  const missing = SCHEMA_VERSIONS.filter((name) => !applied.includes(name))
  if (missing.length === 0) return
  throw new StoreError('store.schema.missing', `the database lacks ${missing.join(', ')}: run the migration first`, {
    details: { missing },
  })
}
