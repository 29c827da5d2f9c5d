import { playRecording } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { foldStore } from './fold-store.js'
import { loadOwned } from './load-owned.js'
import type { LoadedBooks } from './loaded-books.js'
import { readRules } from './read-rules.js'
import { withDirectory } from './with-directory.js'

/** Books that are kept: by the process that owns them, or in a store. @throws {CommandFailure} when they cannot be read */
export async function loadKept(asked: BooksRequest, terminal: Terminal): Promise<LoadedBooks> {
  const request = await withDirectory(asked, terminal)
  const rules = await readRules(request, terminal)
  const { directory } = request
  const owner = directory === undefined ? null : await ownerOf(directory)
  if (owner !== null) return loadOwned(owner, rules)
  const played = playRecording(await foldStore(request, terminal), rules)
  return { played, rules, isTraded: true, now: Date.now(), shields: null }
}
