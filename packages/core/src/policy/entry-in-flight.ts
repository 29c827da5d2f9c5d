import type { TrancheBook } from '../book/book.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'

/** Entries of a side that may still fill: intended, working, unknown or being cancelled. */
export function entriesInFlight(book: TrancheBook, side: Side): readonly BookOrder[] {
  return [...book.orders.values()].filter((order) => order.purpose === 'entry' && order.side === side)
}
