import { Kysely } from 'kysely'
import type { ClientConfig } from 'pg'
import type { StoreTables } from '../schema/tables.js'
import type { SqlEngine } from '../sql/sql-engine.js'
import { LimitedDialect } from './limited-dialect.js'
import { PostgresChannel } from './postgres-channel.js'
import { PostgresListener } from './postgres-listener.js'
import { ReaderPool } from './reader-pool.js'
import { Sockets } from './sockets.js'

/** How to reach a server. */
export interface PostgresPlace {
  /** `postgres://user:password@host:port/database`; other settings from the environment, as `psql` does. */
  readonly connectionString: string
  /** True where connections go through pgbouncer in transaction mode: no session settings, no plans kept, no LISTEN. */
  readonly isPooled?: boolean
  /** Connections for reading, 4 by default. Appends and LISTEN have one each besides. */
  readonly readers?: number
  /** A statement that is not answered by then counts as lost, ms. 5,000 by default. */
  readonly statementTimeoutMs?: number
  /** Readers look by themselves this often, ms. 1,000 by default. */
  readonly pollMs?: number
}

/** A long read, an archive or a rebuild works in portions; each has so long. */
const LONGEST_STATEMENT_MS = 120_000

const GRACE_MS = 1000

/** When to stop waiting, ms, for a statement that the server gives up after `limitMs`. */
const patienceFor = (limitMs: number): number => limitMs + Math.min(GRACE_MS, limitMs / 5)

class PostgresEngine implements SqlEngine {
  readonly kind = 'postgres'
  readonly pollMs: number
  readonly db: Kysely<StoreTables>
  readonly brief: Kysely<StoreTables>
  readonly channel: PostgresChannel
  private readonly statementTimeoutMs: number
  private readonly pool: ReaderPool
  private readonly sockets = new Sockets()
  private readonly listenerConfig: ClientConfig | null
  private listener: PostgresListener | null = null

  constructor(place: PostgresPlace) {
    const { connectionString, isPooled = false, readers = 4, statementTimeoutMs = 5000, pollMs = 1000 } = place
    const { open: stream } = this.sockets
    const client = { connectionString, connectionTimeoutMillis: statementTimeoutMs, keepAlive: true, stream }
    const session = isPooled ? {} : { statement_timeout: statementTimeoutMs, application_name: 'tranchebook' }
    this.pollMs = pollMs
    this.statementTimeoutMs = statementTimeoutMs
    const longest = isPooled ? {} : { statement_timeout: LONGEST_STATEMENT_MS }
    this.pool = new ReaderPool({ ...client, ...longest, max: readers })
    this.db = this.limited(LONGEST_STATEMENT_MS)
    this.brief = this.limited(statementTimeoutMs)
    const append = { ...client, ...session, query_timeout: statementTimeoutMs + GRACE_MS }
    this.channel = new PostgresChannel({ client: append, keepsPlans: !isPooled })
    this.listenerConfig = isPooled ? null : { ...client, query_timeout: statementTimeoutMs }
  }

  within(limitMs: number): Kysely<StoreTables> {
    return this.limited(Math.min(limitMs, this.statementTimeoutMs))
  }

  async listen(ring: () => void): Promise<void> {
    if (this.listenerConfig === null) return
    this.listener = new PostgresListener(this.listenerConfig, ring)
    await this.listener.start()
  }

  async close(): Promise<void> {
    await this.sockets.end(Promise.all([this.channel.close(), this.listener?.close(), this.pool.end()]))
  }

  private limited(limitMs: number): Kysely<StoreTables> {
    return new Kysely({ dialect: new LimitedDialect(this.pool.within(patienceFor(limitMs)), Math.ceil(limitMs)) })
  }
}

/** An engine on a Postgres server. Connects when first used. */
export function openPostgresEngine(place: PostgresPlace): SqlEngine {
  return new PostgresEngine(place)
}
