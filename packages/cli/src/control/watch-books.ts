import { type BookEvent, upcast } from '@tranchebook/core'
import type { SqlStore } from '@tranchebook/store'
import { useStore } from '../database/use-store.js'
import { playRecording, type Rules } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { createFolder, fold } from './fold-store.js'
import { loadBooks } from './load-books.js'
import { watchOwned } from './load-owned.js'
import type { LoadedBooks } from './loaded-books.js'
import { readRules } from './read-rules.js'
import { selectBooks } from './select-books.js'
import { withDirectory } from './with-directory.js'

/** Looks at the books as they stand now. */
export type Look = () => Promise<LoadedBooks>

/** Books of an open store: each look folds only what was recorded since the one before. */
function watchStore(store: SqlStore<BookEvent>, rules: Rules): Look {
  const folder = createFolder()
  let after = 0
  return async () => {
    for await (const stored of store.readAll({ after })) {
      fold(folder, stored)
      after = stored.position
    }
    const played = playRecording({ type: 'log', books: folder.books }, rules)
    return { played, rules, isTraded: true, now: Date.now(), shields: null }
  }
}

/** Only the books that were asked for. */
function narrowed(look: Look, request: BooksRequest): Look {
  return async () => {
    const loaded = await look()
    return { ...loaded, played: { ...loaded.played, books: selectBooks(loaded.played.books, request) } }
  }
}

/**
 * Works with books that can be looked at again and again: of a file, of the process that owns them, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is none of that symbol or account.
 */
export async function watchBooks(
  asked: BooksRequest,
  terminal: Terminal,
  work: (look: Look) => Promise<void>,
): Promise<void> {
  if (asked.file !== undefined) return work(async () => loadBooks(asked, terminal))
  const request = await withDirectory(asked, terminal)
  const rules = await readRules(request, terminal)
  const owner = request.directory === undefined ? null : await ownerOf(request.directory)
  if (owner !== null) return work(narrowed(watchOwned(owner, rules), request))
  return useStore(request, {
    decode: upcast,
    work: async (store) => work(narrowed(watchStore(store, rules), request)),
  })
}
