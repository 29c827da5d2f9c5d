import { applyEvent, type BookEvent, replay, type TrancheBook, TranchebookError, upcast } from '@tranchebook/core'
import type { SqlStore, StoredEvent, StreamHead } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import type { DatabaseRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { startProgress } from '../format/progress.js'
import type { RecordedBook } from '../read/recording.js'
import type { Terminal } from '../terminal.js'
import { type BooksQuestion, isAsked } from './select-books.js'

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

/** Which part of a log to fold: the books that a question names. */
export interface FoldRequest extends BooksQuestion {
  /** Version of each book at which to stop. */
  readonly until?: number
}

/** Streams that are asked for; all of them where none is, so that whoever asked is told which there are. */
async function streamsOf(store: SqlStore<BookEvent>, request: FoldRequest): Promise<readonly StreamHead[]> {
  const { streams } = await store.takeAnchor()
  const asked = streams.filter(({ stream }) => isAsked(stream, request))
  return asked.length === 0 ? streams : asked
}

function doesNotFold({ stream, version, id, event }: StoredEvent<BookEvent>, cause: TranchebookError): CommandFailure {
  return new CommandFailure(
    {
      what: `the log of ${stream} does not fold: version ${version}, ${event.type}, id ${id}`,
      expected: `expected an event that fits the book before it; got: ${cause.message}`,
      advice: `tranchebook log replay ${stream} --until ${version - 1} shows the book before it, tranchebook log tail ${stream} its events; other books are shown when asked for alone`,
    },
    { cause },
  )
}

/** Takes an event in. @throws {CommandFailure} that names it, where it does not fit */
export function fold(folder: Folder, stored: StoredEvent<BookEvent>): void {
  try {
    folder.take(stored)
  } catch (error) {
    throw error instanceof TranchebookError ? doesNotFold(stored, error) : error
  }
}

/** Folds the asked books of an open store, one after the other. */
async function foldLog(
  store: SqlStore<BookEvent>,
  request: FoldRequest,
  terminal: Terminal,
): Promise<readonly RecordedBook[]> {
  const { until = Infinity } = request
  const ranges = (await streamsOf(store, request)).map(({ stream, version }) => ({
    stream,
    until: Math.min(version, until),
  }))
  const total = ranges.reduce((sum, range) => sum + range.until, 0)
  const progress = startProgress(terminal, { what: 'events read', total })
  const folder = createFolder()
  for (const range of ranges) {
    for await (const stored of store.read(range.stream, { until: range.until })) {
      fold(folder, stored)
      progress.advance()
    }
  }
  progress.end()
  return folder.books
}

/** Opens a store and folds its log. @throws {CommandFailure} when there is no store, it cannot be used, or does not fold. */
export async function foldStore(
  request: DatabaseRequest & FoldRequest,
  terminal: Terminal,
): Promise<readonly RecordedBook[]> {
  return useStore(request, { decode: upcast, work: async (store) => foldLog(store, request, terminal) })
}
