import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Price } from '../money/price.js'

/**
 * The mark price to judge levels by; `null` when it is missing, not above 0, stale, older than the last that was recorded, or
 * older than the last fill: what moved a stop or closed a target must not be judged by a price from before.
 */
export function freshMark(
  book: TrancheBook,
  { market, config }: Pick<DecisionContext, 'market' | 'config'>,
  time: number,
): Price | null {
  if (market === null || market.price <= 0n) return null
  if (time - market.time > config.maxPriceAgeMs) return null
  const isOvertaken = market.time < book.lastFillTime || (book.mark !== null && market.time < book.mark.time)
  return isOvertaken ? null : market.price
}
