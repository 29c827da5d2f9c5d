import type { TrancheBook } from '@tranchebook/core'

const DAY_MS = 86_400_000

/** The UTC day of a time, counted from 1970. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY_MS)
}

/** Fills of a book by UTC day, as far as it remembers them. */
export function tradesOf({ fills }: TrancheBook): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { time } of [...fills.older.values(), ...fills.seen.values()])
    counts.set(dayOf(time), (counts.get(dayOf(time)) ?? 0) + 1)
  return counts
}
