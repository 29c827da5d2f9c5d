import { type BookEvent, streamOf, upcast } from '@tranchebook/core'
import type { SqlStore, StoredEvent } from '@tranchebook/store'
import { useStore } from '../database/use-store.js'
import type { PlacedEvent } from '../format/event-line.js'
import type { PlayedBook } from '../run/run-recording.js'
import type { Terminal } from '../terminal.js'
import type { BooksRequest } from './books-request.js'
import { ownerOf } from './find-owner.js'
import { newestEvents } from './placed-events.js'
import { isAsked, selectStreams } from './select-books.js'
import { watchBooks } from './watch-books.js'
import { withDirectory } from './with-directory.js'

/** What a look at events found. */
export interface News {
  readonly events: readonly PlacedEvent[]
  /** What kept later events from being read; `null` = nothing. */
  readonly failure: Error | null
}

/** Looks for events recorded since the last look; the first look gives the newest ones. */
export type EventsLook = () => Promise<News>

interface Gathered {
  readonly events: StoredEvent<BookEvent>[]
  failure: Error | null
}

async function gather(found: Gathered, reading: AsyncIterable<StoredEvent<BookEvent>>): Promise<void> {
  try {
    for await (const stored of reading) found.events.push(stored)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    found.failure ??= error
  }
}

/** Events of an open store as they were recorded: nothing is folded, so that a book that does not fold can be looked at too. */
function watchStore(store: SqlStore<BookEvent>, request: BooksRequest, count: number): EventsLook {
  let position: number | null = null

  async function newest(): Promise<Gathered> {
    const anchor = await store.takeAnchor()
    position = anchor.position
    const found: Gathered = { events: [], failure: null }
    for (const { stream, version } of selectStreams(anchor.streams, request))
      await gather(found, store.read(stream, { after: Math.max(0, version - count), until: version }))
    const sorted = found.events.toSorted((left, right) => left.position - right.position)
    return { events: sorted.slice(-count), failure: found.failure }
  }

  async function since(after: number): Promise<Gathered> {
    const found: Gathered = { events: [], failure: null }
    await gather(found, store.readAll({ after }))
    position = found.events.at(-1)?.position ?? after
    return { ...found, events: found.events.filter(({ stream }) => isAsked(stream, request)) }
  }

  return async () => {
    const { events, failure } = position === null ? await newest() : await since(position)
    return { events: events.map(({ stream, version, event }) => ({ stream, version, event })), failure }
  }
}

/** What books have recorded since the last look. */
function createNews(count: number): (books: readonly PlayedBook[]) => readonly PlacedEvent[] {
  const seen = new Map<string, number>()
  let isFirst = true
  return (books) => {
    const fresh = isFirst
      ? newestEvents(books, count)
      : books.flatMap(({ book, events }) => {
          const after = seen.get(streamOf(book)) ?? 0
          return events
            .slice(after)
            .map((event, index) => ({ stream: streamOf(book), version: after + index + 1, event }))
        })
    for (const { book, events } of books) seen.set(streamOf(book), events.length)
    isFirst = false
    return fresh
  }
}

/**
 * Works with the newest `count` events, and those that come: of a file, of the process that owns the books, or of a store.
 *
 * @throws {CommandFailure} when they cannot be read, or there is no book of that symbol or account.
 */
export async function watchEvents(
  { count, ...asked }: BooksRequest & { readonly count: number },
  terminal: Terminal,
  work: (look: EventsLook) => Promise<void>,
): Promise<void> {
  const request = asked.file === undefined ? await withDirectory(asked, terminal) : asked
  const isOwned = request.directory !== undefined && (await ownerOf(request.directory)) !== null
  if (asked.file === undefined && !isOwned)
    return useStore(request, {
      decode: upcast,
      work: async (store) => work(watchStore(store, request, count)),
    })
  const newsOf = createNews(count)
  return watchBooks(request, terminal, async (look) =>
    work(async () => ({ events: newsOf((await look()).played.books), failure: null })),
  )
}
