import { type BookEvent, upcast } from '@tranchebook/core'
import type { SqlStore, StreamHead } from '@tranchebook/store'
import type { DatabaseRequest } from '../database/database-request.js'
import { useStore } from '../database/use-store.js'
import { startProgress } from '../format/progress.js'
import { createFolder } from '../read/folder.js'
import type { RecordedLog } from '../read/recording.js'
import type { Terminal } from '../terminal.js'
import { keptEvent, readStream } from './read-stream.js'
import { type BooksQuestion, isAsked } from './select-books.js'

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

/** Folds the asked books of an open store, one after the other. */
async function foldLog(store: SqlStore<BookEvent>, request: FoldRequest, terminal: Terminal): Promise<RecordedLog> {
  const { until = Infinity } = request
  const ranges = (await streamsOf(store, request)).map(({ stream, version }) => ({
    stream,
    until: Math.min(version, until),
  }))
  const total = ranges.reduce((sum, range) => sum + range.until, 0)
  const progress = startProgress(terminal, { what: 'events read', total })
  const folder = createFolder()
  for (const range of ranges) {
    const failure = await readStream(store, {
      ...range,
      take: (stored) => {
        folder.take(keptEvent(stored))
        progress.advance()
      },
    })
    if (failure !== null) folder.giveUp(range.stream, failure)
  }
  progress.end()
  return { type: 'log', books: folder.books, broken: folder.broken }
}

/** Opens a store and folds its log. @throws {CommandFailure} when there is no store, or it cannot be used */
export async function foldStore(request: DatabaseRequest & FoldRequest, terminal: Terminal): Promise<RecordedLog> {
  return useStore(request, { decode: upcast, work: async (store) => foldLog(store, request, terminal) })
}
