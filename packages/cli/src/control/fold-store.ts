import { applyEvent, type BookEvent, replay, type TrancheBook, upcast } from '@tranchebook/core'
import type { ReadOptions, SqlStore, StoredEvent } from '@tranchebook/store'
import type { DatabaseRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { startProgress } from '../format/progress.js'
import type { RecordedBook } from '../read/recording.js'
import type { Terminal } from '../terminal.js'

interface Folding {
  readonly book: TrancheBook
  readonly events: BookEvent[]
}

/** Folds events of any streams, in the order they come. */
export interface Folder {
  take(stored: StoredEvent<BookEvent>): void
  readonly books: readonly RecordedBook[]
}

/** Nothing folded yet. */
export function createFolder(): Folder {
  const books = new Map<string, Folding>()
  return {
    take({ stream, event }) {
      const known = books.get(stream)
      if (known === undefined) {
        books.set(stream, { book: replay([event]), events: [event] })
        return
      }
      applyEvent(known.book, event)
      known.events.push(event)
    },
    get books() {
      return [...books.values()]
    },
  }
}

/** Which part of a log to fold. */
export interface FoldRequest {
  /** `null` = every stream. */
  readonly stream: string | null
  readonly until?: number
}

async function countOf(store: SqlStore<BookEvent>, { stream, until = Infinity }: FoldRequest): Promise<number> {
  const end = stream === null ? (await store.logHead()).position : ((await store.streamHead(stream))?.version ?? 0)
  return Math.min(end, until)
}

/** Folds the log of an open store. */
async function foldLog(
  store: SqlStore<BookEvent>,
  request: FoldRequest,
  terminal: Terminal,
): Promise<readonly RecordedBook[]> {
  const { stream, until } = request
  const range: ReadOptions = until === undefined ? {} : { until }
  const progress = startProgress(terminal, { what: 'events read', total: await countOf(store, request) })
  const folder = createFolder()
  for await (const stored of stream === null ? store.readAll(range) : store.read(stream, range)) {
    folder.take(stored)
    progress.advance()
  }
  progress.end()
  return folder.books
}

/** Opens a store and folds its log. @throws {CommandFailure} when there is no store, or it cannot be used. */
export async function foldStore(
  request: DatabaseRequest & FoldRequest,
  terminal: Terminal,
): Promise<readonly RecordedBook[]> {
  return useStore(request, { decode: upcast, work: async (store) => foldLog(store, request, terminal) })
}
