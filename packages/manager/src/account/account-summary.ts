import { accountShareOf, type AccountSummary, summariseAccount } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'
import { dayOf } from '../book/trades-of-day.js'

/**
 * What the other books of an account hold and wait for. It counts what they have decided and not yet recorded, so that entries of
 * two books that are decided at the same time cannot pass together.
 */
export function summaryWithout(loops: Iterable<BookLoop>, symbol: string, now: number): AccountSummary {
  const parts = Array.from(loops, (loop) => {
    const mark = loop.market?.price ?? loop.ahead.mark?.price ?? null
    const share = loop.symbol === symbol ? null : accountShareOf(loop.ahead, { mark, leverage: loop.config.leverage })
    return { share, tradesToday: loop.tradesOn(dayOf(now)) }
  })
  return summariseAccount(parts)
}
