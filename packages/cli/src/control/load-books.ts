import { readAndPlay } from '../run/read-and-play.js'
import { tellBroken } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import type { LoadedBooks } from './loaded-books.js'
import { selectPlayed } from './select-books.js'

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
 * The books that a request names: of a file, of the process that owns them, or of a store. One that cannot be shown is named
 * on the terminal; {@link exitCodeOf} says so in the end.
 *
 * @throws {CommandFailure} when none can be shown, or there is none of that symbol or account
 */
export async function loadBooks(request: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const { file } = request
  const loaded = file === undefined ? await loadKept(request, terminal) : await loadFile(file, request, terminal)
  const played = selectPlayed(loaded.played, request)
  tellBroken(played, terminal)
  return { ...loaded, played }
}
