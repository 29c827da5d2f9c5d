import { type BookEvent, replay, stateHash } from '@tranchebook/core'
import type { TrancheManager } from '@tranchebook/manager'
import type { EventStore } from '@tranchebook/store'

/** One figure that two sides know. Decimal text, or a hash. */
export interface Comparison {
  readonly what: string
  readonly books: string
  /** The venue's figure, or the log's. */
  readonly other: string
  readonly agrees: boolean
}

/** Whose books, and where their events are. */
export interface RecordedBooks {
  readonly manager: TrancheManager
  readonly store: EventStore<BookEvent>
}

const HASH_LENGTH = 12

/** Compares every live book that has events with what its log replays to. */
export async function compareLogs({ manager, store }: RecordedBooks): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = []
  for (const symbol of manager.symbols) {
    const { book, stream } = manager.readBook(symbol)
    const events: BookEvent[] = []
    for await (const { event } of store.read(stream, { until: book.version })) events.push(event)
    if (events.length === 0) continue
    const [books, other] = [stateHash(book).slice(0, HASH_LENGTH), stateHash(replay(events)).slice(0, HASH_LENGTH)]
    comparisons.push({ what: `${symbol} log of ${events.length} events`, books, other, agrees: books === other })
  }
  return comparisons
}
