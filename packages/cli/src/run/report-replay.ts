import {
  type BookReport,
  configFor,
  historyOf,
  quoteAssetOf,
  reportBook,
  stateHash,
  type ViewPoint,
} from '@tranchebook/core'
import type { Played, PlayedBook, Rules } from './run-recording.js'

/** What `tranchebook replay --json` prints. */
export interface ReplayReport {
  readonly schema: 'tranchebook/replay/1'
  /** Events recorded, over all books. */
  readonly events: number
  readonly books: readonly BookReport[]
}

/** What a book is looked at with: its newest mark, its quote asset, its fees. Nothing but the quote asset is priced. */
export function viewPointOf({ book, market }: PlayedBook, { config, instruments }: Rules): ViewPoint {
  return {
    mark: market?.price ?? book.mark?.price ?? null,
    quoteAsset: instruments.get(book.symbol)?.quoteAsset ?? quoteAssetOf(book.symbol),
    prices: {},
    takerFeePercent: configFor(config, book.symbol).takerFeePercent,
  }
}

/** Everything that came of a recording, as plain JSON. */
export function reportReplay({ books }: Played, rules: Rules): ReplayReport {
  return {
    schema: 'tranchebook/replay/1',
    events: books.reduce((sum, { events }) => sum + events.length, 0),
    books: books.map((played) => {
      const request = {
        history: historyOf(played.events),
        stateHash: stateHash(played.book),
        at: viewPointOf(played, rules),
      }
      return reportBook(played.book, request)
    }),
  }
}
