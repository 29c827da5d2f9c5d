import { type BookEvent, streamOf, upcast } from '@tranchebook/core'
import type { SqlStore, StoredEvent } from '@tranchebook/store'
import type { CommandFailure } from '../command-failure.js'
import { useStore } from '../database/use-store.js'
import type { PlacedEvent } from '../format/event-line.js'
import { readAndPlay } from '../run/read-and-play.js'
import type { Terminal } from '../terminal.js'
import type { AccountOwner } from './account-owner.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { readOwnedLog } from './load-owned.js'
import { newestEvents, placedEvents } from './placed-events.js'
import { readStream } from './read-stream.js'
import { selectNamed, selectPlayed, selectStreams } from './select-books.js'
import { withDirectory } from './with-directory.js'

/** What a look at events found. */
export interface News {
  readonly events: readonly PlacedEvent[]
  /** What has kept books from being read to their end, since this look. */
  readonly failures: readonly CommandFailure[]
  /** Whether no book can be read on. */
  readonly isOver: boolean
}

/** Looks for events recorded since the last look; the first look gives the newest ones. */
export type EventsLook = () => Promise<News>

/** Which books, and how many of their newest events. */
export type EventsRequest = BooksRequest & { readonly count: number }

/** Events of an open store as they were recorded: nothing is folded, so that a book that does not fold can be looked at too. */
function watchStore(store: SqlStore<BookEvent>, request: EventsRequest): EventsLook {
  const readTo = new Map<string, number>()
  const ended = new Set<string>()
  let isFirst = true

  return async () => {
    const { streams } = await store.takeAnchor()
    const asked = selectStreams(streams, request)
    const events: StoredEvent<BookEvent>[] = []
    const failures: CommandFailure[] = []
    for (const { stream, version } of asked.filter((head) => !ended.has(head.stream))) {
      const after = readTo.get(stream) ?? (isFirst ? Math.max(0, version - request.count) : 0)
      if (after === version) continue
      const take = (stored: StoredEvent<BookEvent>): void => void events.push(stored)
      const failure = await readStream(store, { stream, after, until: version, take })
      readTo.set(stream, version)
      if (failure === null) continue
      ended.add(stream)
      failures.push(failure)
    }
    const sorted = events.toSorted((left, right) => left.position - right.position)
    const shown = isFirst ? sorted.slice(-request.count) : sorted
    isFirst = false
    return {
      events: shown.map(({ stream, version, event }) => ({ stream, version, event })),
      failures,
      isOver: ended.size > 0 && ended.size === asked.length,
    }
  }
}

/** Events of the books that a running process keeps, as it recorded them. */
function watchOwner(owner: AccountOwner, request: EventsRequest): EventsLook {
  const seen = new Map<string, { readonly version: number; readonly count: number }>()
  const ended = new Set<string>()
  let isFirst = true

  return async () => {
    const asked = selectNamed((await owner.books()).books, request)
    const logs: (readonly PlacedEvent[])[] = []
    const failures: CommandFailure[] = []
    for (const book of asked) {
      const stream = streamOf(book)
      const before = seen.get(stream)
      if (ended.has(stream) || before?.version === book.version) continue
      const events: PlacedEvent[] = []
      const failure = await readOwnedLog(owner, book, (placed) => void events.push(placed))
      logs.push(events.slice(before?.count ?? 0))
      seen.set(stream, { version: book.version, count: events.length })
      if (failure === null) continue
      ended.add(stream)
      failures.push(failure)
    }
    const events = isFirst ? newestEvents(logs, request.count) : logs.flat()
    isFirst = false
    return { events, failures, isOver: ended.size > 0 && ended.size === asked.length }
  }
}

/** Events of a file: as far as its books fold, and once. */
function lookAtFile(file: string, request: EventsRequest, terminal: Terminal): EventsLook {
  return async () => {
    const { played } = await readAndPlay(file, request, terminal)
    const { books, broken } = selectPlayed(played, request)
    const failures = broken.map(({ failure }) => failure)
    return { events: newestEvents(books.map(placedEvents), request.count), failures, isOver: true }
  }
}

/**
 * Works with the newest `count` events, and those that come: of a file, of the process that owns the books, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is no book of that symbol or account.
 */
export async function watchEvents(
  asked: EventsRequest,
  terminal: Terminal,
  work: (look: EventsLook) => Promise<void>,
): Promise<void> {
  const { file } = asked
  if (file !== undefined) return work(lookAtFile(file, asked, terminal))
  const request = await withDirectory(asked, terminal)
  const owner = request.directory === undefined ? null : await ownerOf(request.directory)
  if (owner !== null) return work(watchOwner(owner, request))
  return useStore(request, { decode: upcast, work: async (store) => work(watchStore(store, request)) })
}
