import process from 'node:process'
import type { DatabaseRequest } from '../database/database-request.js'
import type { Terminal } from '../terminal.js'
import { defaultDirectory } from './default-directory.js'

/** A request that names a place as it is; else with the directory that is meant where none is named, if there is one. */
export async function withDirectory<Request extends DatabaseRequest>(
  request: Request,
  terminal: Terminal,
): Promise<Request> {
  const { database, directory } = request
  if (database !== undefined || directory !== undefined || (process.env['DATABASE_URL'] ?? '') !== '') return request
  const found = await defaultDirectory()
  if (found === null) return request
  terminal.note(`the store in ${found}`)
  return { ...request, directory: found }
}
