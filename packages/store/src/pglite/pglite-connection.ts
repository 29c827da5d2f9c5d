import type { PGlite, Results, Transaction } from '@electric-sql/pglite'
import type { CompiledQuery, DatabaseConnection, QueryResult, TransactionSettings } from 'kysely'

interface OpenTransaction {
  readonly transaction: Transaction
  /** Ends the transaction and waits until it has ended. */
  readonly end: (how: 'commit' | 'rollback') => Promise<void>
}

const CURSOR = 'tranche_stream'

/** The one session of an embedded database, as long as somebody holds it. */
export class PGliteConnection implements DatabaseConnection {
  readonly database: PGlite
  private open: OpenTransaction | null = null

  constructor(database: PGlite) {
    this.database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.query<Row>(sql, parameters)
    return { rows, numAffectedRows: BigInt(affectedRows ?? 0) }
  }

  /** Rows by a cursor, in a transaction of its own where none is open. */
  async *streamQuery<Row>({ sql, parameters }: CompiledQuery, chunkSize: number): AsyncGenerator<QueryResult<Row>> {
    const isOwn = this.open === null
    if (isOwn) await this.begin({})
    try {
      await this.query(`DECLARE ${CURSOR} NO SCROLL CURSOR FOR ${sql}`, parameters)
      for (;;) {
        const { rows } = await this.query<Row>(`FETCH ${chunkSize} FROM ${CURSOR}`, [])
        if (rows.length === 0) break
        yield { rows }
      }
      await this.query(`CLOSE ${CURSOR}`, [])
    } finally {
      if (isOwn) await this.end('rollback')
    }
  }

  /** Opens a transaction of the database's own, which no other query can slip into. */
  async begin({ isolationLevel, accessMode }: TransactionSettings): Promise<void> {
    this.open = await this.openTransaction()
    if (isolationLevel !== undefined) await this.query(`SET TRANSACTION ISOLATION LEVEL ${isolationLevel}`, [])
    if (accessMode !== undefined) await this.query(`SET TRANSACTION ${accessMode}`, [])
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const { open } = this
    this.open = null
    await open?.end(how)
  }

  private async query<Row>(text: string, parameters: readonly unknown[]): Promise<Results<Row>> {
    return (this.open?.transaction ?? this.database).query<Row>(text, [...parameters])
  }

  private async openTransaction(): Promise<OpenTransaction> {
    return new Promise<OpenTransaction>((opened, failed) => {
      const ended = this.database.transaction(async (transaction) => {
        const how = await new Promise<'commit' | 'rollback'>((finish) => {
          const end = async (ending: 'commit' | 'rollback'): Promise<void> => {
            finish(ending)
            await ended
          }
          opened({ transaction, end })
        })
        if (how === 'rollback') await transaction.rollback()
      })
      ended.catch(failed)
    })
  }
}
