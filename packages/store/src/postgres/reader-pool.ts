import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { assertOpen } from '../log/assert-open.js'
import { sqlStateOf } from '../sql/classify-failure.js'
import type { StoreError } from '../store-errors.js'
import { connectionFailure, connectionLost } from './connection-failure.js'
import { PostgresClient } from './postgres-client.js'

type PooledClient = PostgresClient & { readonly release: (isBroken: boolean) => void }

/** Whether an error is the database's answer to a statement, after which the connection goes on. */
function isAnswer(error: unknown): boolean {
  return sqlStateOf(error) !== null && error instanceof Error && 'severity' in error && error.severity === 'ERROR'
}

/** What is done with a client for one user of it, and what becomes of it then. */
class Borrowed implements PostgresPoolClient {
  private readonly client: PooledClient
  private readonly limitMs: number
  private readonly onLost: () => void
  private failure: StoreError | null = null

  constructor(client: PooledClient, limitMs: number, onLost: () => void) {
    this.client = client
    this.limitMs = limitMs
    this.onLost = onLost
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  query<Row>(asked: string | PostgresCursor<Row>, values: readonly unknown[] = []): unknown {
    if (typeof asked !== 'string') throw new TypeError('no cursors are used here')
    return this.answer(asked, values)
  }

  release(): void {
    this.client.release(this.client.isCut)
  }

  /** After an answer that did not come, nothing more is asked: a statement would wait behind the one that hangs. */
  private async answer(text: string, values: readonly unknown[]): Promise<unknown> {
    if (this.failure !== null) throw this.failure
    const query = { text, values: [...values], query_timeout: this.limitMs }
    try {
      return await this.client.query(query)
    } catch (error) {
      if (isAnswer(error)) throw error
      this.failure = connectionLost(error)
      this.client.cut()
      this.onLost()
      throw this.failure
    }
  }
}

/**
 * Connections that are lent out. One on which an answer did not come is cut and never lent again, whatever was open on it;
 * those that lie idle then are cut too, because what froze one may have frozen them.
 */
export class ReaderPool {
  private readonly pool: Pool
  private readonly idle = new Set<PostgresClient>()

  constructor(config: PoolConfig) {
    this.pool = new Pool({ ...config, Client: PostgresClient })
    this.pool.on('error', () => undefined)
    this.pool.on('acquire', (client) => {
      if (client instanceof PostgresClient) this.idle.delete(client)
    })
    this.pool.on('release', (_, client) => {
      if (client instanceof PostgresClient) this.idle.add(client)
    })
    this.pool.on('remove', (client) => {
      if (client instanceof PostgresClient) this.idle.delete(client)
    })
  }

  /** The same connections, on which every statement has so long, ms. They are ended here, not by who uses them. */
  within(limitMs: number): PostgresPool {
    return {
      connect: async () => new Borrowed(await this.connect(), limitMs, this.cutIdle),
      end: async () => Promise.resolve(),
    }
  }

  async end(): Promise<void> {
    await this.pool.end()
  }

  /** The pool lends what was cut until it has heard of it. */
  private async connect(): Promise<PooledClient> {
    for (;;) {
      assertOpen(this.pool.ending)
      const client = await this.pool.connect().catch((cause: unknown) => {
        throw connectionFailure(cause)
      })
      if (!(client instanceof PostgresClient)) throw new TypeError('the pool made a client of another kind')
      if (!client.isCut) return client
      client.release(true)
    }
  }

  private readonly cutIdle = (): void => {
    for (const client of this.idle) client.cut()
    this.idle.clear()
  }
}
