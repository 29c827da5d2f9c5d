import { readAndPlay } from '../run/read-and-play.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import type { LoadedBooks } from './loaded-books.js'
import { selectBooks } from './select-books.js'

/** Books of a file: as it says they stood, nothing that came later. */
async function loadFile(path: string, request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { played, rules, isLog } = await readAndPlay(path, request, terminal)
  return { played, rules, isTraded: isLog, now: null, shields: null }
}

/** What talks to databases and processes takes a while to load, and files need none of it. */
async function loadKept(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const kept = await import('./load-kept.js')
  return kept.loadKept(request, terminal)
}

/**
 * The books that a request names: of a file, of the process that owns them, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is none of that symbol or account.
 */
export async function loadBooks(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { file } = request
  const loaded = file === undefined ? await loadKept(request, terminal) : await loadFile(file, request, terminal)
  return { ...loaded, played: { ...loaded.played, books: selectBooks(loaded.played.books, request) } }
}
