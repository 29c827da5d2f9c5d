import type { TrancheBook } from '../book/book.js'
import type { AccountSummary } from '../book/context.js'
import { plus } from '../money/arithmetic.js'
import { NO_MONEY } from '../money/money.js'
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

/** What one book brings to an account's summary. */
export interface BookPart {
  /** `null` for the book that asks: it knows its own tranches and margin, and only its trades count here. */
  readonly share: AccountShare | null
  /** Its fills of the UTC day. */
  readonly tradesToday: number
}

/** What the books of an account hold and wait for together. */
export function summariseAccount(parts: Iterable<BookPart>): AccountSummary {
  let summary: AccountSummary = { openTranches: 0, activePositions: 0, tradesToday: 0, marginUsed: NO_MONEY }
  for (const { share, tradesToday } of parts)
    summary = {
      tradesToday: summary.tradesToday + tradesToday,
      openTranches: summary.openTranches + (share?.openTranches ?? 0),
      activePositions: summary.activePositions + (share?.activePositions ?? 0),
      marginUsed: plus(summary.marginUsed, share?.marginUsed ?? NO_MONEY),
    }
  return summary
}
