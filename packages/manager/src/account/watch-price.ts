import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import { priceSilent } from '../report/troubles.js'

/** Says when something is open in a symbol whose price has fallen silent, and when it has come back. */
export function watchPrice(loop: BookLoop, now: number, health: HealthBoard): void {
  const { symbol, book, market, config } = loop
  const isOpen = book.groups.LONG.tranches.length + book.groups.SHORT.tranches.length > 0
  const time = market?.time ?? book.mark?.time ?? null
  const age = time === null ? null : now - time
  if (isOpen && (age === null || age > config.maxPriceAgeMs)) health.report(priceSilent(symbol, age))
  else health.clear('priceSilent', symbol)
}
