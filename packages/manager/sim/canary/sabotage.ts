import type { Clock, Venue } from '@tranchebook/adapters'
import type { BookEvent } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import type { BookRules } from '../../src/book/book-rules.js'

/** What a planted bug puts in place of what is right. Each is asked once for every program that starts. */
export interface Sabotage {
  readonly rules?: (rules: BookRules) => BookRules
  readonly venue?: (venue: Venue) => Venue
  readonly clock?: (clock: Clock) => Clock
  readonly store?: (store: EventStore<BookEvent>) => EventStore<BookEvent>
}
