import { type BookIdentity, emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { InvariantError } from '../errors.js'
import { copyBook } from '../evolve/copy-book.js'
import { applyEvent } from '../evolve/evolve.js'

/** Who a book is, from the event that begins its log. @throws {InvariantError} `log.no-beginning` */
export function identityOf(event: BookEvent | undefined): BookIdentity {
  if (event?.type === 'BookOpened') return event
  throw new InvariantError(
    'log.no-beginning',
    `expected the log of a book to begin with BookOpened, got ${event?.type ?? 'no event'}: read the stream from its first version, or start from a snapshot`,
  )
}

/**
 * Rebuilds a book from its log, or from a snapshot and what came after it. Nothing is decided anew: whatever today's rules say, an
 * old log gives the book it gave then. The snapshot is left as it is, frozen or not; the book returned is the caller's own.
 *
 * @throws {InvariantError} `log.no-beginning`, or `book.invariant` at the first event that does not fit.
 */
export function replay(events: Iterable<BookEvent>, snapshot: TrancheBook | null = null): TrancheBook {
  let book = snapshot === null ? null : copyBook(snapshot)
  for (const event of events) {
    book ??= emptyBook(identityOf(event))
    applyEvent(book, event)
  }
  return book ?? emptyBook(identityOf(undefined))
}
