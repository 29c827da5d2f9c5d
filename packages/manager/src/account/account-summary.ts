import { accountShareOf, type AccountSummary, NO_MONEY, plus } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { dayOf } from '../book/trades-of-day.js'

/**
 * What the other books of an account hold and wait for. It counts what they have decided and not yet recorded, so that entries of
 * two books that are decided at the same time cannot pass together.
 */
export function summaryWithout(loops: Iterable<BookLoop>, symbol: string, now: number): AccountSummary {
  let summary: AccountSummary = { openTranches: 0, activePositions: 0, tradesToday: 0, marginUsed: NO_MONEY }
  for (const loop of loops) {
    const tradesToday = summary.tradesToday + loop.tradesOn(dayOf(now))
    if (loop.symbol === symbol) {
      summary = { ...summary, tradesToday }
      continue
    }
    const mark = loop.market?.price ?? loop.ahead.mark?.price ?? null
    const share = accountShareOf(loop.ahead, { mark, leverage: loop.config.leverage })
    summary = {
      tradesToday,
      openTranches: summary.openTranches + share.openTranches,
      activePositions: summary.activePositions + share.activePositions,
      marginUsed: plus(summary.marginUsed, share.marginUsed),
    }
  }
  return summary
}
