import {
  type BookEvent,
  copyBook,
  differenceBetween,
  emptyBook,
  explainEvent,
  streamOf,
  type TextPrecision,
  type TrancheBook,
} from '@tranchebook/core'
import type { BookView, VersionStep } from '../api/book-view.js'
import type { BookPlace } from '../api/paths.js'
import { precisionOf } from '../view/looking.js'
import { presentBook } from '../view/present-book.js'
import { whyOf } from '../view/present-timeline.js'
import { lookAtVersion, type ReadContext } from './read-context.js'

async function eventAt({ source }: ReadContext, stream: string, version: number): Promise<BookEvent | null> {
  for await (const { event } of source.store.read(stream, { after: version - 1, until: version })) return event
  return null
}

async function bookBefore({ past }: ReadContext, stream: string, book: TrancheBook): Promise<TrancheBook> {
  return (await past.bookAt(stream, book.version - 1)) ?? emptyBook(book)
}

async function stepTo(context: ReadContext, book: TrancheBook, precision: TextPrecision): Promise<VersionStep | null> {
  const stream = streamOf(book)
  const event = await eventAt(context, stream, book.version)
  if (event === null) return null
  const before = await bookBefore(context, stream, book)
  return {
    event,
    sentence: explainEvent(event, precision),
    why: whyOf(event),
    changes: differenceBetween(before, book),
  }
}

/** Everything about one book, now or as it was at a version, with what its newest event changed. */
export async function readBook(context: ReadContext, place: BookPlace, version: number | null): Promise<BookView> {
  const { looking, newestVersion } = await lookAtVersion(context, place, version)
  const view = presentBook(looking, { newestVersion, step: null })
  if (version === null) return view
  // The newest fold grows while the log is asked.
  const book = copyBook(looking.fold.book)
  return { ...view, step: await stepTo(context, book, precisionOf(looking.instrument)) }
}
