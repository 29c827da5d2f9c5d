import { readInstruments } from '../read/exchange-info.js'
import { readConfig } from '../read/read-config.js'
import { readAndPlay } from '../run/read-and-play.js'
import { playRecording } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { foldStore } from './fold-store.js'
import type { LoadedBooks } from './loaded-books.js'
import { selectBooks } from './select-books.js'

/** Books of a file: as it says they stood, nothing that came later. */
async function loadFile(path: string, request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { played, rules, isLog } = await readAndPlay(path, request, terminal)
  return { played, rules, isTraded: isLog, now: null }
}

async function loadStore(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const read = await readConfig(request, terminal)
  const rules = { ...read, instruments: await readInstruments(request.instruments, terminal) }
  const books = await foldStore({ ...request, stream: null }, terminal)
  return { played: playRecording({ type: 'log', books }, rules), rules, isTraded: true, now: Date.now() }
}

/**
 * The books that a request names: of a file, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is none of that symbol or account.
 */
export async function loadBooks(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const loaded =
    request.file === undefined ? await loadStore(request, terminal) : await loadFile(request.file, request, terminal)
  return { ...loaded, played: { ...loaded.played, books: selectBooks(loaded.played.books, request) } }
}
