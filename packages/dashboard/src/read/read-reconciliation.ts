import type { ReconcileReport } from '@tranchebook/manager'
import type { BookPlace } from '../api/paths.js'
import type { EquityIdentity, LastComparison, ReconciliationView } from '../api/reconciliation-view.js'
import { presentReconciliation } from '../view/present-reconciliation.js'
import { presentSummary } from '../view/present-summary.js'
import { sumKnown } from '../view/sum-amounts.js'
import { lookAt, lookAtAll, type ReadContext } from './read-context.js'

/** The newest complete comparison, presented; `null` = there was none. */
export function presentComparison(report: ReconcileReport | null): LastComparison | null {
  if (report === null) return null
  const { cause, time, symbols, openOrders, lookedUp, straysCancelled, differing } = report
  return { cause, time, symbols: symbols.length, openOrders, lookedUp, straysCancelled, differing }
}

/** What the wallet and the books of one account say. */
async function readEquity(context: ReadContext, account: string, asset: string): Promise<EquityIdentity> {
  const all = await lookAtAll(context)
  const books = all.filter(({ fold, instrument }) => fold.book.account === account && instrument.quoteAsset === asset)
  const summaries = books.map(presentSummary)
  const unrealized = sumKnown(summaries.map(({ unrealizedPnl }) => unrealizedPnl))
  const balances = context.source.live?.state().balances ?? []
  const wallet = balances.find((balance) => balance.asset === asset)?.walletBalance ?? null
  return {
    wallet,
    asset,
    booked: sumKnown(summaries.map(({ netPnl }) => netPnl)),
    unrealized,
    equity: sumKnown([wallet, unrealized]),
  }
}

/** Ours beside the venue's. */
export async function readReconciliation(context: ReadContext, place: BookPlace): Promise<ReconciliationView> {
  const looking = await lookAt(context, place)
  const lastComparison = presentComparison(context.source.live?.state().lastReconcile ?? null)
  const equity = await readEquity(context, place.account, looking.instrument.quoteAsset)
  return presentReconciliation(looking, { lastComparison, equity })
}
