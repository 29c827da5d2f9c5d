import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely } from 'kysely'
import type { StoreTables } from '../schema/tables.js'
import type { AppendChannel, SqlEngine, Statement } from '../sql/sql-engine.js'
import { StoreError } from '../store-errors.js'
import { type DirectoryLock, lockDirectory } from './directory-lock.js'
import { Mutex } from './mutex.js'
import { PGliteDialect } from './pglite-dialect.js'

/**
 * What survives: `process` = acknowledged events survive the end of the process, not of the machine; `strict` = the log's
 * journal is written through to the disk before an append is acknowledged.
 */
export type EmbeddedDurability = 'process' | 'strict'

/** Where an embedded database lives. `directory: null` = in memory only. */
export interface EmbeddedPlace {
  readonly directory: string | null
  readonly durability?: EmbeddedDurability
}

const POLL_MS = 1000
const asText = (value: string): string => value

/** The default switches fsync off; with it on, only a write-through journal reaches the disk here. */
function startParams(durability: EmbeddedDurability): string[] {
  if (durability === 'process') return PGlite.defaultStartParams
  return [...PGlite.defaultStartParams.filter((param) => param !== '-F'), '-c', 'wal_sync_method=open_datasync']
}

class EmbeddedChannel implements AppendChannel {
  private readonly database: PGlite
  private readonly mutex: Mutex

  constructor(database: PGlite, mutex: Mutex) {
    this.database = database
    this.mutex = mutex
  }

  async run({ text, values }: Statement): Promise<string> {
    return this.mutex.run(async () => {
      if (this.database.closed) throw new StoreError('store.unavailable', 'the embedded database is closed')
      const { rows } = await this.database.query<{ readonly answer: string }>(text, [...values])
      return rows[0]?.answer ?? ''
    })
  }

  /** There is no connection to give up: the database runs in this process. */
  discard(): void {
    return undefined
  }
}

class EmbeddedEngine implements SqlEngine {
  readonly kind = 'pglite'
  readonly pollMs = POLL_MS
  readonly db: Kysely<StoreTables>
  readonly channel: AppendChannel
  private readonly mutex = new Mutex()
  private readonly database: PGlite
  private readonly lock: DirectoryLock | null

  constructor(database: PGlite, lock: DirectoryLock | null) {
    this.database = database
    this.lock = lock
    this.db = new Kysely<StoreTables>({ dialect: new PGliteDialect(database, this.mutex) })
    this.channel = new EmbeddedChannel(database, this.mutex)
  }

  async listen(ring: () => void): Promise<void> {
    await this.mutex.run(async () => {
      await this.database.listen('tranche_events', ring)
    })
  }

  async close(): Promise<void> {
    await this.db.destroy()
    await this.mutex.run(async () => {
      await this.database.close()
    })
    await this.lock?.release()
  }
}

interface Settings {
  readonly startParams: string[]
  readonly parsers: Record<number, (value: string) => string>
}

/** A database made beside and moved into place when it is whole: a process killed while making it leaves nothing half-made. */
async function dataDirectory(directory: string, settings: Settings): Promise<string> {
  const data = join(directory, 'data')
  const unfinished = join(directory, 'data.unfinished')
  if (existsSync(data)) return data
  await rm(unfinished, { recursive: true, force: true })
  const made = await PGlite.create({ ...settings, dataDir: unfinished })
  await made.close()
  await rename(unfinished, data)
  return data
}

/**
 * Opens an embedded database in this process.
 *
 * @throws {StoreError} `store.lock.held` where another process has the directory; `store.unavailable` where it does not open
 */
export async function openPGliteEngine({ directory, durability = 'process' }: EmbeddedPlace): Promise<SqlEngine> {
  const lock = directory === null ? null : await lockDirectory(directory)
  try {
    const parsers = { [types.INT8]: asText, [types.NUMERIC]: asText }
    const settings = { startParams: startParams(durability), parsers }
    const dataDir = directory === null ? 'memory://' : await dataDirectory(directory, settings)
    const database = await PGlite.create({ ...settings, dataDir })
    return new EmbeddedEngine(database, lock)
  } catch (cause) {
    await lock?.release()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError(
      'store.unavailable',
      `the embedded database in ${directory ?? 'memory'} does not open: ${why}`,
      { cause },
    )
  }
}
