import { type BookEvent, type ObservedMark, parsePrice, streamOf } from '@tranchebook/core'
import type { BookPlace, BookSummary } from '@tranchebook/dashboard/api'
import { createLogReader } from '../read/log-reader.js'
import { parseJson } from '../read/parse-json.js'
import { readLines } from '../read/read-lines.js'
import type { RecordedBook } from '../read/recording.js'
import type { Rules } from '../run/run-recording.js'
import type { AccountOwner } from './account-owner.js'
import type { LoadedBooks } from './loaded-books.js'
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

/** Folds the log of one book; none where it has recorded nothing yet. */
async function readOwnedBook(owner: AccountOwner, place: BookPlace): Promise<readonly RecordedBook[]> {
  const reader = createLogReader()
  for await (const { number, text } of readLines(await owner.log(place))) {
    const problem = reader.take(parseJson(text), number)
    if (problem !== null) throw new Error(`${place.account}/${place.symbol}: ${problem}`)
  }
  const recording = reader.finish()
  return recording.type === 'log' ? recording.books : []
}

/** Logs of all books that a running process keeps, by stream. */
export async function readOwnedLogs(owner: AccountOwner): Promise<ReadonlyMap<string, readonly BookEvent[]>> {
  const { books } = await owner.books()
  const folded = await Promise.all(books.map(async (book) => readOwnedBook(owner, book)))
  return new Map(folded.flat().map(({ book, events }) => [streamOf(book), events]))
}

/** Books of a running process, looked at again and again: their logs, the newest marks, and what it says of their protection. */
export function watchOwned(owner: AccountOwner, rules: Rules): () => Promise<LoadedBooks> {
  const known = new Map<string, readonly RecordedBook[]>()

  /** A log is read anew only where it has grown. */
  async function refold(summary: BookSummary): Promise<readonly RecordedBook[]> {
    const name = `${summary.account}/${summary.symbol}`
    const before = known.get(name)
    if (before?.[0]?.book.version === summary.version) return before
    const after = await readOwnedBook(owner, summary)
    known.set(name, after)
    return after
  }

  return async () => {
    const { books: summaries, time } = await owner.books()
    const folded = await Promise.all(
      summaries.map(async (summary) =>
        (await refold(summary)).map((recorded) => ({ ...recorded, market: marketOf(summary) })),
      ),
    )
    const played = { books: folded.flat(), refused: [], duplicates: 0 }
    return { played, rules, isTraded: true, now: time, shields: shieldsOf(summaries, time) }
  }
}

/** Books of a running process, looked at once. */
export async function loadOwned(owner: AccountOwner, rules: Rules): Promise<LoadedBooks> {
  return watchOwned(owner, rules)()
}
