import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Price } from '../money/price.js'

/** The mark price to judge levels by; `null` when it is missing, not above 0, stale, or older than the last that was recorded. */
export function freshMark(
  book: TrancheBook,
  { market, config }: Pick<DecisionContext, 'market' | 'config'>,
  time: number,
): Price | null {
  if (market === null || market.price <= 0n) return null
  if (time - market.time > config.maxPriceAgeMs) return null
  return book.mark !== null && market.time < book.mark.time ? null : market.price
}
