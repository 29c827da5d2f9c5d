import { streamOf } from '@tranchebook/core'
import type { PlacedEvent } from '../format/event-line.js'
import type { PlayedBook } from '../run/run-recording.js'

interface Timed {
  readonly placed: PlacedEvent
  /** The latest time its book had recorded by then: the venue's own times may go back, a log does not. */
  readonly time: number
}

function timedEvents({ book, events }: PlayedBook, count: number): readonly Timed[] {
  const first = Math.max(0, events.length - count)
  let time = 0
  return events.slice(first).map((event, index) => {
    time = Math.max(time, event.time)
    return { placed: { stream: streamOf(book), version: first + index + 1, event }, time }
  })
}

/** The newest events of books, oldest first, each book's in its own order. */
export function newestEvents(books: readonly PlayedBook[], count: number): readonly PlacedEvent[] {
  const timed = books.flatMap((played) => timedEvents(played, count))
  return timed
    .toSorted((left, right) => left.time - right.time)
    .slice(-count)
    .map(({ placed }) => placed)
}
