import type { PGlite } from '@electric-sql/pglite'
import {
  type ConnectionProvider,
  type DatabaseConnection,
  type DatabaseIntrospector,
  DefaultQueryExecutor,
  type Dialect,
  type DialectAdapter,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
  type TransactionSettings,
} from 'kysely'
import type { Mutex } from './mutex.js'
import { PGliteConnection } from './pglite-connection.js'

/** The one session of the database; who may use it when is the provider's to say. */
class PGliteDriver implements Driver {
  private readonly connection: PGliteConnection

  constructor(connection: PGliteConnection) {
    this.connection = connection
  }

  async init(): Promise<void> {
    await this.connection.database.waitReady
  }

  async acquireConnection(): Promise<PGliteConnection> {
    return Promise.resolve(this.connection)
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
    await Promise.resolve()
  }

  /** The owner of the database closes it. */
  async destroy(): Promise<void> {
    await Promise.resolve()
  }
}

/** Whoever uses the session holds the mutex, for a whole transaction, and is known by it: asking again inside is refused. */
class OneAtATime implements ConnectionProvider {
  private readonly connection: PGliteConnection
  private readonly mutex: Mutex

  constructor(connection: PGliteConnection, mutex: Mutex) {
    this.connection = connection
    this.mutex = mutex
  }

  async provideConnection<Result>(consumer: (connection: DatabaseConnection) => Promise<Result>): Promise<Result> {
    return this.mutex.runKnown(async () => consumer(this.connection))
  }
}

class PGliteDialect implements Dialect {
  private readonly driver: PGliteDriver

  constructor(driver: PGliteDriver) {
    this.driver = driver
  }

  createDriver(): Driver {
    return this.driver
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

/** Kysely on PGlite: the same SQL as on Postgres, one session. */
export function kyselyOn<Tables>(database: PGlite, mutex: Mutex): Kysely<Tables> {
  const connection = new PGliteConnection(database)
  const driver = new PGliteDriver(connection)
  const dialect = new PGliteDialect(driver)
  const provider = new OneAtATime(connection, mutex)
  const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), provider)
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor })
}
