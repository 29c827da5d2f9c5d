import type { PGlite } from '@electric-sql/pglite'
import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type TransactionSettings,
} from 'kysely'
import type { Mutex } from './mutex.js'
import { PGliteConnection } from './pglite-connection.js'

/** The database has one session: whoever holds the connection holds the mutex, transactions included. */
class PGliteDriver implements Driver {
  private readonly connection: PGliteConnection
  private readonly mutex: Mutex
  private release: (() => void) | null = null

  constructor(database: PGlite, mutex: Mutex) {
    this.connection = new PGliteConnection(database)
    this.mutex = mutex
  }

  async init(): Promise<void> {
    await this.connection.database.waitReady
  }

  async acquireConnection(): Promise<PGliteConnection> {
    this.release = await this.mutex.acquire()
    return this.connection
  }

  async beginTransaction(connection: PGliteConnection, settings: TransactionSettings): Promise<void> {
    await connection.begin(settings)
  }

  async commitTransaction(connection: PGliteConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: PGliteConnection): Promise<void> {
    await connection.end('rollback')
  }

  async releaseConnection(): Promise<void> {
    const { release } = this
    this.release = null
    release?.()
    await Promise.resolve()
  }

  /** The owner of the database closes it. */
  async destroy(): Promise<void> {
    await Promise.resolve()
  }
}

/** Kysely on PGlite: the same SQL as on Postgres, one session. */
export class PGliteDialect implements Dialect {
  private readonly database: PGlite
  private readonly mutex: Mutex

  constructor(database: PGlite, mutex: Mutex) {
    this.database = database
    this.mutex = mutex
  }

  createDriver(): Driver {
    return new PGliteDriver(this.database, this.mutex)
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter()
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db)
  }
}
