import type { PassedTrigger, TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import type { Price } from '../money/price.js'
import { earlierStop } from './bundle.js'

/**
 * A trigger of a side that the price is known to be at or past, because the venue refused a stop there; `null` = none. It counts
 * no longer than a mark would, not beyond a fill, and not against a newer mark, unless stops follow another price.
 */
export function passedTrigger(
  book: TrancheBook,
  side: Side,
  at: Pick<DecisionContext, 'market' | 'config'> & { readonly time: number },
): PassedTrigger | null {
  const passed = book.passedTriggers[side]
  if (passed === null || passed.time < book.lastFillTime) return null
  const { maxPriceAgeMs, workingType } = at.config
  if (at.time - passed.time > maxPriceAgeMs) return null
  if (workingType !== 'MARK_PRICE') return passed
  const newest = Math.max(at.market?.time ?? 0, book.mark?.time ?? 0)
  return newest > passed.time ? null : passed
}

/** The price that stops of a side are judged by: of a fresh mark and a passed trigger the one further past. `null` = neither is known. */
export function stopMark(side: Side, mark: Price | null, passed: PassedTrigger | null): Price | null {
  if (mark === null || passed === null) return mark ?? passed?.price ?? null
  return earlierStop(side, mark, passed.price) === mark ? passed.price : mark
}
