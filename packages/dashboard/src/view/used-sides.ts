import type { Side, TrancheBook } from '@tranchebook/core'
import type { BookFold } from '../fold/book-fold.js'

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Whether the venue last said that it holds something on this side. */
function isReported({ checks, positionMode }: TrancheBook, side: Side): boolean {
  if (positionMode === 'HEDGE') return (checks[side]?.quantity ?? 0n) > 0n
  const net = checks.BOTH?.quantity ?? 0n
  return side === 'LONG' ? net > 0n : net < 0n
}

/** Sides of a book that something ever happened on, LONG first. */
export function usedSides({ book, history }: Pick<BookFold, 'book' | 'history'>): readonly Side[] {
  return SIDES.filter((side) => {
    const { quantity, unmatched, realizedPnl } = book.groups[side]
    const isOrdered = [...book.orders.values()].some((order) => order.side === side)
    const hasLived = history.cycles[side] > 0
    return (
      hasLived || quantity > 0n || unmatched.length > 0 || realizedPnl !== 0n || isOrdered || isReported(book, side)
    )
  })
}
