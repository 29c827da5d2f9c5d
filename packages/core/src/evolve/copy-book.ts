import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { applyEvent } from './evolve.js'

function copy<T>(value: T): T
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Array.from<unknown, unknown>(value, copy)
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [key, copy(entry)]))
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)]))
}

/** A deep copy that the caller owns and may fold events into. */
export function copyBook(book: TrancheBook): TrancheBook {
  return copy(book)
}

/** The book after all the events, from one copy; the book before is left as it was. */
export function evolveAll(book: TrancheBook, events: Iterable<BookEvent>): TrancheBook {
  const owned = copyBook(book)
  for (const event of events) applyEvent(owned, event)
  return owned
}
