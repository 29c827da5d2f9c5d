import { type BookEvent, differenceBetween, emptyBook, explainEvent, type TrancheBook } from '@tranchebook/core'
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

async function bookBefore(context: ReadContext, place: BookPlace, book: TrancheBook): Promise<TrancheBook> {
  if (book.version <= 1) return emptyBook(book)
  const { looking } = await lookAtVersion(context, place, book.version - 1)
  return looking.fold.book
}

/** Everything about one book, now or as it was at a version, with what its newest event changed. */
export async function readBook(context: ReadContext, place: BookPlace, version: number | null): Promise<BookView> {
  const { looking, newestVersion } = await lookAtVersion(context, place, version)
  const { book } = looking.fold
  if (version === null) return presentBook(looking, { newestVersion, step: null })
  const event = await eventAt(context, `${place.account}/${place.symbol}`, book.version)
  const before = await bookBefore(context, place, book)
  const step: VersionStep | null =
    event === null
      ? null
      : {
          event,
          sentence: explainEvent(event, precisionOf(looking.instrument)),
          why: whyOf(event),
          changes: differenceBetween(before, book),
        }
  return presentBook(looking, { newestVersion, step })
}
