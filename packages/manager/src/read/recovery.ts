import type { PreparedBook } from '../account/prepare-account.js'
import type { BookLoop } from '../book/book-loop.js'
import type { ReconcileReport } from '../reconcile/reconciler.js'

/** How one book came back. */
export interface BookRecovery {
  readonly symbol: string
  /** Version of the snapshot it began with; `null` = its log was read from the beginning. */
  readonly snapshotVersion: number | null
  /** Events read after that. */
  readonly eventsRead: number
  /** Version it had then. */
  readonly version: number
  /** Events recorded while it was compared with the venue: what had been missed. */
  readonly eventsMissed: number
}

/** How an account came back at its start: what was read, and what the venue added to it. */
export interface Recovery {
  /** When it was live, the venue's time, epoch ms. */
  readonly time: number
  /** From the beginning of the start, ms. */
  readonly tookMs: number
  readonly books: readonly BookRecovery[]
  /** The comparison with the venue that it ended with. */
  readonly comparison: ReconcileReport | null
}

/** What the log gave of a book. */
export type BookRead = Omit<BookRecovery, 'eventsMissed'>

/** What was read of a book. */
export function bookRead({ setup, recovered }: PreparedBook): BookRead {
  const { book, tail } = recovered
  const snapshotVersion = book.version - tail
  return {
    symbol: setup.identity.symbol,
    snapshotVersion: snapshotVersion === 0 ? null : snapshotVersion,
    eventsRead: tail,
    version: book.version,
  }
}

/** What was read, with what the comparison has recorded since. */
export function booksRecovered(
  read: readonly BookRead[],
  loops: ReadonlyMap<string, BookLoop>,
): readonly BookRecovery[] {
  return read.map((one) => ({
    ...one,
    eventsMissed: (loops.get(one.symbol)?.book.version ?? one.version) - one.version,
  }))
}
