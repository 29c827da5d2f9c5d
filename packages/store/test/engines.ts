import type { LogEvent } from '../src/event-store.js'
import { openEmbeddedStore, openPostgresStore, type StoreOptions } from '../src/open-store.js'
import { openPGliteEngine } from '../src/pglite/pglite-engine.js'
import { openPostgresEngine } from '../src/postgres/postgres-engine.js'
import type { SqlEngine } from '../src/sql/sql-engine.js'
import type { SqlStore } from '../src/sql/sql-store.js'
import { embeddedDirectory } from './embedded-directory.js'
import { type PostgresServer, startPostgres } from './postgres-server.js'

/** An engine to run the same tests on. */
export interface TestEngine {
  readonly name: string
  /** A new, empty database. */
  openDatabase(): Promise<SqlEngine>
  /** A store on a new, empty database. */
  open<Event extends LogEvent>(options: StoreOptions<Event>): Promise<SqlStore<Event>>
}

/** Both engines, or only the embedded one where no server can be had; the server, to stop it afterwards. */
export async function startEngines(): Promise<{
  readonly engines: readonly TestEngine[]
  readonly server: PostgresServer | null
}> {
  const server = await startPostgres()
  const embedded: TestEngine = {
    name: 'PGlite',
    openDatabase: async () => openPGliteEngine({ directory: await embeddedDirectory() }),
    open: async (options) => openEmbeddedStore({ directory: await embeddedDirectory(), ...options }),
  }
  if (server === null) return { engines: [embedded], server }
  const postgres: TestEngine = {
    name: 'Postgres',
    openDatabase: async () => openPostgresEngine({ connectionString: await server.createMigratedDatabase() }),
    open: async (options) => openPostgresStore({ connectionString: await server.createMigratedDatabase(), ...options }),
  }
  return { engines: [postgres, embedded], server }
}
