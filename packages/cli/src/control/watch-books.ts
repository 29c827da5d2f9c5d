import { type BookEvent, upcast } from '@tranchebook/core'
import type { SqlStore, StoredEvent } from '@tranchebook/store'
import { useStore } from '../database/use-store.js'
import { createFolder } from '../read/folder.js'
import { playRecording, type Rules } from '../run/run-recording.js'
import { tellBroken } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { loadBooks } from './load-books.js'
import { watchOwned } from './load-owned.js'
import type { LoadedBooks } from './loaded-books.js'
import { readRules } from './read-rules.js'
import { keptEvent, readStream } from './read-stream.js'
import { selectPlayed, selectStreams } from './select-books.js'
import { withDirectory } from './with-directory.js'

/** Looks at the books as they stand now. */
export type Look = () => Promise<LoadedBooks>

/** Books of an open store: each look folds only what was recorded since the one before. */
function watchStore(store: SqlStore<BookEvent>, request: BooksRequest, rules: Rules): Look {
  const folder = createFolder()
  const readTo = new Map<string, number>()
  return async () => {
    const { streams } = await store.takeAnchor()
    for (const { stream, version } of selectStreams(streams, request)) {
      const after = readTo.get(stream) ?? 0
      if (after === version) continue
      const take = (stored: StoredEvent<BookEvent>): void => {
        folder.take(keptEvent(stored))
      }
      const failure = await readStream(store, { stream, after, until: version, take })
      if (failure !== null) folder.giveUp(stream, failure)
      readTo.set(stream, version)
    }
    const played = playRecording({ type: 'log', books: folder.books, broken: folder.broken }, rules)
    return { played, rules, isTraded: true, now: Date.now(), shields: null }
  }
}

/** Only the books that were asked for; one that cannot be shown is named once. */
function narrowed(look: Look, request: BooksRequest, terminal: Terminal): Look {
  const told = new Set<string>()
  return async () => {
    const loaded = await look()
    const played = selectPlayed(loaded.played, request)
    const fresh = played.broken.filter(({ stream }) => !told.has(stream))
    tellBroken({ ...played, broken: fresh }, terminal)
    for (const { stream } of fresh) told.add(stream)
    return { ...loaded, played }
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
  if (owner !== null) return work(narrowed(watchOwned(owner, rules), request, terminal))
  return useStore(request, {
    decode: upcast,
    work: async (store) => work(narrowed(watchStore(store, request, rules), request, terminal)),
  })
}
