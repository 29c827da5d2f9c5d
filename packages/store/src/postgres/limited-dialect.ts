import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type TransactionSettings,
} from 'kysely'

class LimitedDriver extends PostgresDriver {
  private readonly limits: CompiledQuery

  constructor(pool: PostgresPool, limitMs: number) {
    super({ pool })
    this.limits = CompiledQuery.raw(
      `SET LOCAL statement_timeout = ${limitMs}; SET LOCAL idle_in_transaction_session_timeout = ${limitMs}`,
    )
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await super.beginTransaction(connection, settings)
    try {
      await connection.executeQuery(this.limits)
    } catch (error) {
      await this.rollbackTransaction(connection)
      throw error
    }
  }
}

/**
 * Kysely on Postgres, where the server ends a transaction that takes too long for a statement, or between two, ms. The
 * transaction carries its limits itself, so they hold behind a pooler too, where there are no settings of a session.
 */
export class LimitedDialect extends PostgresDialect {
  private readonly pool: PostgresPool
  private readonly limitMs: number

  constructor(pool: PostgresPool, limitMs: number) {
    super({ pool })
    this.pool = pool
    this.limitMs = limitMs
  }

  override createDriver(): Driver {
    return new LimitedDriver(this.pool, this.limitMs)
  }
}
