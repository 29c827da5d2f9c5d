import type { ReconcileReport } from '@tranchebook/manager'
import type { BookPlace } from '../api/paths.js'
import type { LastComparison, ReconciliationView } from '../api/reconciliation-view.js'
import { presentReconciliation } from '../view/present-reconciliation.js'
import { lookAt, type ReadContext } from './read-context.js'
import { readEquity } from './read-equity.js'

/** The newest complete comparison, presented; `null` = there was none. */
export function presentComparison(report: ReconcileReport | null): LastComparison | null {
  if (report === null) return null
  const { cause, time, symbols, openOrders, lookedUp, straysCancelled, differing } = report
  return { cause, time, symbols: symbols.length, openOrders, lookedUp, straysCancelled, differing }
}

/** Ours beside the venue's. */
export async function readReconciliation(context: ReadContext, place: BookPlace): Promise<ReconciliationView> {
  const looking = await lookAt(context, place)
  const lastComparison = presentComparison(context.source.live?.state().lastReconcile ?? null)
  const equity = await readEquity(context, place.account, looking.instrument.quoteAsset)
  return presentReconciliation(looking, { lastComparison, equity })
}
