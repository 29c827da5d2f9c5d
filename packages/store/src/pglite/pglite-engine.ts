import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import type { Kysely } from 'kysely'
import type { StoreTables } from '../schema/tables.js'
import type { AppendChannel, SqlEngine, Statement } from '../sql/sql-engine.js'
import { RESTORED_PAGE, StoreError } from '../store-errors.js'
import { type DirectoryLock, lockDirectory } from './directory-lock.js'
import { failureText } from './failure-text.js'
import { Mutex } from './mutex.js'
import { kyselyOn } from './pglite-dialect.js'

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
  readonly brief: Kysely<StoreTables>
  readonly channel: AppendChannel
  private readonly mutex = new Mutex()
  private readonly database: PGlite
  private readonly lock: DirectoryLock | null

  constructor(database: PGlite, lock: DirectoryLock | null) {
    this.database = database
    this.lock = lock
    this.db = kyselyOn<StoreTables>(database, this.mutex)
    this.brief = this.db
    this.channel = new EmbeddedChannel(database, this.mutex)
  }

  /** There is no connection that could freeze. */
  within(): Kysely<StoreTables> {
    return this.db
  }

  assertFree(): void {
    this.mutex.assertFree()
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

/** A database made beside and moved into place when it is whole: a process killed while making it, or a full disk, leaves nothing half-made. */
async function makeData(directory: string, settings: Settings): Promise<void> {
  const unfinished = join(directory, 'data.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  try {
    const made = await PGlite.create({ ...settings, dataDir: unfinished })
    await made.close()
    await rename(unfinished, join(directory, 'data'))
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

function damaged(directory: string, cause: unknown): StoreError {
  const why = failureText(cause)
  return new StoreError(
    'store.directory.damaged',
    `${join(directory, 'data')} does not open: it is damaged, its disk is full, or it is no database of ours; keep it as it is and restore a backup, ${RESTORED_PAGE} says how (the database said: ${why})`,
    { details: { directory }, cause },
  )
}

/** Where no version is written down, PGlite would make a new, empty database over what is there. */
async function openData(directory: string, settings: Settings): Promise<PGlite> {
  const data = join(directory, 'data')
  if (!existsSync(data)) await makeData(directory, settings)
  else if (!existsSync(join(data, 'PG_VERSION'))) throw damaged(directory, new Error('PG_VERSION is missing'))
  return PGlite.create({ ...settings, dataDir: data }).catch((cause: unknown) => {
    throw damaged(directory, cause)
  })
}

function unavailable(where: string, cause: unknown): StoreError {
  const why = failureText(cause)
  return new StoreError('store.unavailable', `the embedded database in ${where} does not open: ${why}`, { cause })
}

async function openDatabase(directory: string | null, durability: EmbeddedDurability): Promise<PGlite> {
  const parsers = { [types.INT8]: asText, [types.NUMERIC]: asText }
  const settings = { startParams: startParams(durability), parsers }
  return directory === null ? PGlite.create({ ...settings, dataDir: 'memory://' }) : openData(directory, settings)
}

/**
 * Opens an embedded database in this process.
 *
 * @throws {StoreError} `store.lock.held` where another process has the directory; `store.directory.damaged` where what is in it
 * does not open; `store.unavailable` where it cannot be used
 */
export async function openPGliteEngine({ directory, durability = 'process' }: EmbeddedPlace): Promise<SqlEngine> {
  let lock: DirectoryLock | null = null
  try {
    lock = directory === null ? null : await lockDirectory(directory)
    return new EmbeddedEngine(await openDatabase(directory, durability), lock)
  } catch (error) {
    await lock?.release()
    throw error instanceof StoreError ? error : unavailable(directory ?? 'memory', error)
  }
}
