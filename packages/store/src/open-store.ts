import type { LogEvent } from './event-store.js'
import type { Decode } from './log/decode-event.js'
import { MemoryStore, type MemoryStoreOptions } from './memory/memory-store.js'
import { type EmbeddedPlace, openPGliteEngine } from './pglite/pglite-engine.js'
import { openPostgresEngine, type PostgresPlace } from './postgres/postgres-engine.js'
import { assertCurrent, migrate } from './schema/migrate.js'
import { DEFAULT_WRITER_LIMITS, type WriterLimits } from './sql/append-writer.js'
import { endLeases } from './sql/keep-leases.js'
import type { SqlEngine } from './sql/sql-engine.js'
import type { Project } from './projections/change.js'
import { SqlStore } from './sql/sql-store.js'
import { RESTORED_PAGE, StoreError } from './store-errors.js'

/** What every store on a database is told. */
export interface StoreOptions<Event extends LogEvent> {
  /** Checks and upcasts an event on every read. */
  readonly decode: Decode<Event>
  /** Changes that an event makes to the projections. Left out, events are recorded and the projections become stale. */
  readonly project?: Project<Event>
  readonly limits?: Partial<WriterLimits>
  /** `auto` (default) brings the schema up to date; `check` refuses a database that is not. */
  readonly migration?: 'auto' | 'check'
}

const ADVICE = {
  postgres: 'is the database there, and may it be used?',
  pglite: `its directory may be damaged: ${RESTORED_PAGE} says what to do`,
} as const satisfies Record<SqlEngine['kind'], string>

function notOpened(kind: SqlEngine['kind'], cause: unknown): StoreError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new StoreError('store.unavailable', `the store does not open: ${why}; ${ADVICE[kind]}`, { cause })
}

async function storeOn<Event extends LogEvent>(
  engine: SqlEngine,
  options: StoreOptions<Event>,
): Promise<SqlStore<Event>> {
  const { decode, project = null, limits = {}, migration = 'auto' } = options
  try {
    await (migration === 'auto' ? migrate(engine.db) : assertCurrent(engine.db))
    // One process has an embedded database at a time: what it finds leased there was leased by one that has ended.
    if (engine.kind === 'pglite') await endLeases(engine.db)
    return new SqlStore({ engine, decode, project, limits: { ...DEFAULT_WRITER_LIMITS, ...limits } })
  } catch (error) {
    await engine.close()
    throw error instanceof StoreError ? error : notOpened(engine.kind, error)
  }
}

/** A store in memory. */
export function openMemoryStore<Event extends LogEvent>(options: MemoryStoreOptions<Event>): MemoryStore<Event> {
  return new MemoryStore(options)
}

/**
 * A store in one directory, in this process, without a server. Leases of a process that had it before, and ended without giving them back,
 * are over.
 *
 * @throws {StoreError} `store.lock.held`, `store.directory.damaged`, `store.schema.newer`, `store.unavailable`
 */
export async function openEmbeddedStore<Event extends LogEvent>(
  options: StoreOptions<Event> & EmbeddedPlace,
): Promise<SqlStore<Event>> {
  return storeOn(await openPGliteEngine(options), options)
}

/** A store on a Postgres server, 15 or later. @throws {StoreError} `store.schema.newer` and others */
export async function openPostgresStore<Event extends LogEvent>(
  options: StoreOptions<Event> & PostgresPlace,
): Promise<SqlStore<Event>> {
  return storeOn(openPostgresEngine(options), options)
}
