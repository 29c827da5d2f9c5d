import { readInstruments } from '../read/exchange-info.js'
import { readConfig } from '../read/read-config.js'
import type { Rules } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'

/** The options and instruments that books are looked at by. @throws {CommandFailure} when they cannot be read */
export async function readRules(request: BooksRequest, terminal: Terminal): Promise<Rules> {
  const read = await readConfig(request, terminal)
  return { ...read, instruments: await readInstruments(request.instruments, terminal) }
}
