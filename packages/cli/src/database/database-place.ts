import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import type { DatabaseRequest } from './database-request.js'

/** Where a database is; `name` is fit to be shown: it holds no password. */
export type DatabasePlace =
  | {
      readonly type: 'server'
      readonly name: string
      readonly connectionString: string
      readonly isPooled: boolean
    }
  | { readonly type: 'directory'; readonly name: string; readonly directory: string }

function misused(what: string, expected: string): CommandFailure {
  const advice = 'say --database URL (or set DATABASE_URL) for a server, --directory DIR for an embedded database'
  return new CommandFailure({ what, expected, advice }, { exitCode: EXIT.usage })
}

function serverAt(connectionString: string, isPooled: boolean): DatabasePlace {
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString)) {
    throw misused(
      'the database is not a URL',
      'expected postgres://user:password@host:port/database, with one host; got other text',
    )
  }
  const { host, pathname } = new URL(connectionString)
  return { type: 'server', name: `the database ${host}${pathname}`, connectionString, isPooled }
}

/** The place a request names; a directory given outranks DATABASE_URL. @throws {CommandFailure} for none, or for two */
export function databasePlace({ database, directory, pooled = false }: DatabaseRequest): DatabasePlace {
  if (database !== undefined && directory !== undefined)
    throw misused('two databases', 'expected --database or --directory; got both')
  if (directory !== undefined) return { type: 'directory', name: `the database in ${directory}`, directory }
  const connectionString = database ?? process.env['DATABASE_URL'] ?? ''
  if (connectionString === '')
    throw misused('no database', 'expected --database, --directory or DATABASE_URL; got none')
  return serverAt(connectionString, pooled)
}

/** Reading shall not make a database where none is. @throws {CommandFailure} */
export function assertDatabaseThere(place: DatabasePlace): void {
  if (place.type === 'server' || existsSync(join(place.directory, 'data'))) return
  throw new CommandFailure({
    what: `no database in ${place.directory}`,
    expected: 'expected the directory of an embedded store; got one that holds none',
    advice: 'check the path; tranchebook db migrate makes a new, empty database there',
  })
}
