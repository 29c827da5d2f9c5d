import { type Allocation, coverage, type Side, type TrancheBook } from '@tranchebook/core'
import type { BookLoop } from './book-loop.js'

/** Open quantity of one side without a stop at the venue. */
export interface UnprotectedSide {
  readonly symbol: string
  readonly side: Side
  /** Whose quantity, base. */
  readonly uncovered: readonly Allocation[]
  /** Since when the book as a whole is not protected, epoch ms; `null` = it was found just now. */
  readonly since: number | null
}

const SIDES: readonly Side[] = ['LONG', 'SHORT']

/** Sides of a book of which something has no stop at the venue. */
export function unprotectedOf(loop: BookLoop): readonly UnprotectedSide[] {
  const { book, symbol } = loop
  return SIDES.map((side) => coverage(book, side, loop.context()))
    .filter((cover) => !cover.protected)
    .map(({ side, uncovered }) => ({ symbol, side, uncovered, since: book.unprotectedSince }))
}

/** Whether all that is open is behind its stops. */
export const isProtected = (loop: BookLoop): boolean => unprotectedOf(loop).length === 0

/** Whether a tranche of either side is open. */
export function hasTranches({ groups: { LONG, SHORT } }: Pick<TrancheBook, 'groups'>): boolean {
  return LONG.tranches.length + SHORT.tranches.length > 0
}

/** Whether the position of a book differs from the venue's, settled or not. */
export function isDiffering({ book: { checks } }: BookLoop): boolean {
  return [checks.LONG, checks.SHORT, checks.BOTH].some((check) => check !== null && check.status !== 'synced')
}
