import { Kysely, PostgresDialect } from 'kysely'
import { type ClientConfig, Pool } from 'pg'
import type { StoreTables } from '../schema/tables.js'
import type { SqlEngine } from '../sql/sql-engine.js'
import { PostgresChannel } from './postgres-channel.js'
import { PostgresListener } from './postgres-listener.js'
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

const GRACE_MS = 1000
const READ_TIMEOUT_MS = 120_000

class PostgresEngine implements SqlEngine {
  readonly kind = 'postgres'
  readonly pollMs: number
  readonly db: Kysely<StoreTables>
  readonly channel: PostgresChannel
  private readonly pool: Pool
  private readonly sockets = new Sockets()
  private readonly listenerConfig: ClientConfig | null
  private listener: PostgresListener | null = null

  constructor(place: PostgresPlace) {
    const { connectionString, isPooled = false, readers = 4, statementTimeoutMs = 5000, pollMs = 1000 } = place
    const { open: stream } = this.sockets
    const client = { connectionString, connectionTimeoutMillis: statementTimeoutMs, keepAlive: true, stream }
    const session = isPooled ? {} : { statement_timeout: statementTimeoutMs, application_name: 'tranchebook' }
    this.pollMs = pollMs
    this.pool = new Pool({ ...client, max: readers, query_timeout: READ_TIMEOUT_MS })
    this.pool.on('error', () => undefined)
    // A connection that breaks while it is in use tells its client too; unheard, that would end the process.
    this.pool.on('connect', (connection) => connection.on('error', () => undefined))
    this.db = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool: this.pool }) })
    const append = { ...client, ...session, query_timeout: statementTimeoutMs + GRACE_MS }
    this.channel = new PostgresChannel({ client: append, openSocket: stream, keepsPlans: !isPooled })
    this.listenerConfig = isPooled ? null : { ...client, query_timeout: statementTimeoutMs }
  }

  async listen(ring: () => void): Promise<void> {
    if (this.listenerConfig === null) return
    this.listener = new PostgresListener(this.listenerConfig, ring)
    await this.listener.start()
  }

  async close(): Promise<void> {
    await this.sockets.end(Promise.all([this.channel.close(), this.listener?.close(), this.db.destroy()]))
  }
}

/** An engine on a Postgres server. Connects when first used. */
export function openPostgresEngine(place: PostgresPlace): SqlEngine {
  return new PostgresEngine(place)
}
