import type { TrancheBook } from '../book/book.js'
import type { AccountSummary } from '../book/context.js'
import { asPrice, type Price } from '../money/price.js'
import { marginOfBook } from './entry-account.js'
import { entriesInFlight } from './entry-in-flight.js'
import { takesSlot } from './entry-question.js'

/** What one book adds to the {@link AccountSummary} that the others see, its trades of the day not counted. */
export type AccountShare = Pick<AccountSummary, 'openTranches' | 'activePositions' | 'marginUsed'>

/** Prices and leverage that a book's entries in flight are valued with; `null` = no mark is known, market entries count 0. */
export interface ShareTerms {
  readonly mark: Price | null
  readonly leverage: number
}

/** Tranches, positions and margin of a book. Entries in flight count: each holds the slot, the position and the margin it asks for. */
export function accountShareOf(book: TrancheBook, { mark, leverage }: ShareTerms): AccountShare {
  const groups = [book.groups.LONG, book.groups.SHORT]
  const entries = groups.flatMap(({ side }) => entriesInFlight(book, side))
  const slots = entries.filter((order) => takesSlot(book.groups[order.side], order))
  const isHeld = entries.length > 0 || groups.some(({ quantity }) => quantity > 0n)
  return {
    openTranches: groups.reduce((count, { tranches }) => count + tranches.length, slots.length),
    activePositions: isHeld ? 1 : 0,
    marginUsed: marginOfBook(book, mark ?? asPrice(0n), leverage),
  }
}
