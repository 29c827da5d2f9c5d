import { readInstruments } from '../read/exchange-info.js'
import { readConfig } from '../read/read-config.js'
import { readAndPlay } from '../run/read-and-play.js'
import { playRecording, type Rules } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { foldStore } from './fold-store.js'
import { loadOwned } from './load-owned.js'
import type { LoadedBooks } from './loaded-books.js'
import { selectBooks } from './select-books.js'
import { withDirectory } from './with-directory.js'

/** Books of a file: as it says they stood, nothing that came later. */
async function loadFile(path: string, request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { played, rules, isLog } = await readAndPlay(path, request, terminal)
  return { played, rules, isTraded: isLog, now: null, shields: null }
}

/** The options and instruments that books are looked at by. @throws {CommandFailure} when they cannot be read */
export async function readRules(request: BooksRequest, terminal: Terminal): Promise<Rules> {
  const read = await readConfig(request, terminal)
  return { ...read, instruments: await readInstruments(request.instruments, terminal) }
}

async function loadStore(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const rules = await readRules(request, terminal)
  const { directory } = request
  const owner = directory === undefined ? null : await ownerOf(directory)
  if (owner !== null) return loadOwned(owner, rules)
  const books = await foldStore({ ...request, stream: null }, terminal)
  const played = playRecording({ type: 'log', books }, rules)
  return { played, rules, isTraded: true, now: Date.now(), shields: null }
}

/**
 * The books that a request names: of a file, of the process that owns them, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is none of that symbol or account.
 */
export async function loadBooks(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { file } = request
  const loaded =
    file === undefined
      ? await loadStore(await withDirectory(request, terminal), terminal)
      : await loadFile(file, request, terminal)
  return { ...loaded, played: { ...loaded.played, books: selectBooks(loaded.played.books, request) } }
}
