import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import { priceSilent } from '../report/troubles.js'

/** A venue tells its mark prices every few seconds; a symbol that is left out for so long is not among them any more. */
const SILENT_MS = 120_000

/** Says when something is open in a symbol whose price has fallen silent, and when it has come back. */
export function watchPrice(loop: BookLoop, now: number, health: HealthBoard): void {
  const { symbol, book, market, config } = loop
  const isOpen = book.groups.LONG.tranches.length + book.groups.SHORT.tranches.length > 0
  const time = market?.time ?? book.mark?.time ?? null
  const age = time === null ? null : now - time
  if (isOpen && (age === null || age > Math.max(SILENT_MS, config.maxPriceAgeMs)))
    health.report(priceSilent(symbol, age))
  else health.clear('priceSilent', symbol)
}
