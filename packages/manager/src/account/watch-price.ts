import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import { priceSilent } from '../report/troubles.js'

/** A venue tells its mark prices every few seconds; a symbol that is left out for so long is not among them any more. */
const SILENT_MS = 120_000

/** Says when something is open in a symbol whose price has fallen silent, and when it has come back. */
export function watchPrice({ symbol, book, market, config }: BookLoop, now: number, health: HealthBoard): void {
  const isOpen = book.groups.LONG.tranches.length + book.groups.SHORT.tranches.length > 0
  const age = now - (market?.time ?? book.mark?.time ?? book.time)
  if (isOpen && age > Math.max(SILENT_MS, config.maxPriceAgeMs)) health.report(priceSilent(symbol))
  else health.clear('priceSilent', symbol)
}
