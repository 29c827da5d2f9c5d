import { type BookIdentity, emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { InvariantError } from '../errors.js'
import { applyEvent } from '../evolve/evolve.js'

function identityOf(event: BookEvent | undefined): BookIdentity {
  if (event?.type === 'BookOpened') return event
  throw new InvariantError(
    'log.no-beginning',
    `expected the log of a book to begin with BookOpened, got ${event?.type ?? 'no event'}: read the stream from its first version, or start from a snapshot`,
  )
}

/**
 * Rebuilds a book from its log, or from a snapshot and what came after it. Nothing is decided anew: whatever today's rules say, an
 * old log gives the book it gave then. The snapshot is left as it is only if you pass a copy: the book given is folded into.
 *
 * @throws {InvariantError} `log.no-beginning`, or `book.invariant` at the first event that does not fit.
 */
export function replay(events: Iterable<BookEvent>, snapshot: TrancheBook | null = null): TrancheBook {
  let book = snapshot
  for (const event of events) {
    book ??= emptyBook(identityOf(event))
    applyEvent(book, event)
  }
  return book ?? emptyBook(identityOf(undefined))
}
