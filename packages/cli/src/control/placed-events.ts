import { streamOf } from '@tranchebook/core'
import type { PlacedEvent } from '../format/event-line.js'
import type { PlayedBook } from '../run/run-recording.js'

interface Timed {
  readonly placed: PlacedEvent
  /** The latest time its book had recorded by then: the venue's own times may go back, a log does not. */
  readonly time: number
}

function timedEvents(events: readonly PlacedEvent[], count: number): readonly Timed[] {
  let time = 0
  return events.slice(Math.max(0, events.length - count)).map((placed) => {
    time = Math.max(time, placed.event.time)
    return { placed, time }
  })
}

/** Events of a book, each with its version. */
export function placedEvents({ book, events }: PlayedBook): readonly PlacedEvent[] {
  return events.map((event, index) => ({ stream: streamOf(book), version: index + 1, event }))
}

/** The newest events of several logs, oldest first, each log's in its own order. */
export function newestEvents(logs: readonly (readonly PlacedEvent[])[], count: number): readonly PlacedEvent[] {
  const timed = logs.flatMap((events) => timedEvents(events, count))
  return timed
    .toSorted((left, right) => left.time - right.time)
    .slice(-count)
    .map(({ placed }) => placed)
}
