import type { ReconcileReport } from '@tranchebook/manager'
import type { BookPlace } from '../api/paths.js'
import type { LastComparison, ReconciliationView } from '../api/reconciliation-view.js'
import { presentReconciliation } from '../view/present-reconciliation.js'
import { lookAtVersion, type ReadContext } from './read-context.js'
import { readEquity } from './read-equity.js'

/** The newest complete comparison, presented; `null` = there was none. */
export function presentComparison(report: ReconcileReport | null): LastComparison | null {
  if (report === null) return null
  const { cause, time, symbols, openOrders, lookedUp, straysCancelled, differing } = report
  return { cause, time, symbols: symbols.length, openOrders, lookedUp, straysCancelled, differing }
}

/** Ours beside the venue's, now (`null`) or as the book knew it at a version; what only the account knows is known now alone. */
export async function readReconciliation(
  context: ReadContext,
  place: BookPlace,
  version: number | null,
): Promise<ReconciliationView> {
  const { looking, newestVersion } = await lookAtVersion(context, place, version)
  if (looking.fold.book.version !== newestVersion)
    return presentReconciliation(looking, { lastComparison: null, equity: null })
  const lastComparison = presentComparison(context.source.live?.state().lastReconcile ?? null)
  const equity = await readEquity(context, place.account, looking.instrument.quoteAsset)
  return presentReconciliation(looking, { lastComparison, equity })
}
