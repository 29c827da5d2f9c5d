import { type BookEvent, type ObservedMark, parsePrice, streamOf, TranchebookError, upcast } from '@tranchebook/core'
import type { BookPlace, BookSummary } from '@tranchebook/dashboard/api'
import type { CommandFailure } from '../command-failure.js'
import { unreadableLog } from '../database/database-failure.js'
import type { PlacedEvent } from '../format/event-line.js'
import { createFolder, type Folder } from '../read/folder.js'
import { logLineOf } from '../read/log-line.js'
import { parseJson } from '../read/parse-json.js'
import { readLines } from '../read/read-lines.js'
import type { Rules } from '../run/run-recording.js'
import type { AccountOwner } from './account-owner.js'
import type { LoadedBooks } from './loaded-books.js'
import { keptEvent } from './read-stream.js'
import type { Shield } from './shield.js'

/** The mark that the process has seen last, recorded or not. */
function marketOf({ mark, markTime }: BookSummary): ObservedMark | null {
  if (mark === null || markTime === null) return null
  const price = parsePrice(mark)
  return { price, high: price, low: price, time: markTime }
}

function shieldsOf(books: readonly BookSummary[], now: number): ReadonlyMap<string, Shield> {
  const shields = books.flatMap(({ account, symbol, sides, unprotectedSince }) =>
    sides.map(({ side, protected: isProtected, uncovered }) => {
      const unprotectedMs = isProtected || unprotectedSince === null ? null : Math.max(0, now - unprotectedSince)
      return [`${account}/${symbol} ${side}`, { protected: isProtected, uncovered, unprotectedMs }] as const
    }),
  )
  return new Map(shields)
}

/** What reads the log of a book that a process keeps. The answer is what kept it from its end; `null` = nothing. */
export async function readOwnedLog(
  owner: AccountOwner,
  place: BookPlace,
  take: (placed: PlacedEvent) => void,
): Promise<CommandFailure | null> {
  const stream = streamOf(place)
  let version = 0
  try {
    for await (const { text } of readLines(await owner.log(place))) {
      version += 1
      take({ stream, version, event: upcast(logLineOf(parseJson(text)).event, { stream, version }) })
    }
    return null
  } catch (error) {
    if (!(error instanceof TranchebookError)) throw error
    return unreadableLog(error)
  }
}

/** Logs of all books that a running process keeps, by stream: as they were recorded, whether they fold or not. */
export async function readOwnedLogs(owner: AccountOwner): Promise<ReadonlyMap<string, readonly BookEvent[]>> {
  const { books } = await owner.books()
  const logs = await Promise.all(
    books.map(async (book) => {
      const events: BookEvent[] = []
      const failure = await readOwnedLog(owner, book, ({ event }) => events.push(event))
      if (failure !== null) throw failure
      return [streamOf(book), events] as const
    }),
  )
  return new Map(logs)
}

type FoldedLog = Pick<Folder, 'books' | 'broken'>

async function foldOwnedLog(owner: AccountOwner, place: BookPlace): Promise<FoldedLog> {
  const folder = createFolder()
  const failure = await readOwnedLog(owner, place, (placed) => {
    folder.take(keptEvent(placed))
  })
  if (failure !== null) folder.giveUp(streamOf(place), failure)
  return folder
}

/** Books of a running process, looked at again and again: their logs, the newest marks, and what it says of their protection. */
export function watchOwned(owner: AccountOwner, rules: Rules): () => Promise<LoadedBooks> {
  const known = new Map<string, { readonly version: number; readonly log: FoldedLog }>()

  /** A log is read anew only where it has grown. */
  async function refold(summary: BookSummary): Promise<FoldedLog> {
    const stream = streamOf(summary)
    const before = known.get(stream)
    if (before?.version === summary.version) return before.log
    const log = await foldOwnedLog(owner, summary)
    known.set(stream, { version: log.books[0]?.book.version ?? summary.version, log })
    return log
  }

  return async () => {
    const { books: summaries, time } = await owner.books()
    const logs = await Promise.all(
      summaries.map(async (summary) => {
        const { books, broken } = await refold(summary)
        return { books: books.map((recorded) => ({ ...recorded, market: marketOf(summary) })), broken }
      }),
    )
    const played = {
      books: logs.flatMap(({ books }) => books),
      broken: logs.flatMap(({ broken }) => broken),
      refused: [],
      duplicates: 0,
    }
    return { played, rules, isTraded: true, now: time, shields: shieldsOf(summaries, time) }
  }
}

/** Books of a running process, looked at once. */
export async function loadOwned(owner: AccountOwner, rules: Rules): Promise<LoadedBooks> {
  return watchOwned(owner, rules)()
}
