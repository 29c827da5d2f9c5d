import type { BookLoop } from '../book/book-loop.js'
import type { HealthBoard } from '../report/health.js'
import { cancelRefused } from '../report/troubles.js'

/** An order whose cancel is due for so long, ms, and is not asked for, is wanted again. */
const WANTED_AGAIN_MS = 5000

/** Says when the venue keeps refusing to cancel an order that nobody wants any more, and when that is over. `now` is the venue's time. */
export function watchCancels({ symbol, book, config }: BookLoop, now: number, health: HealthBoard): void {
  for (const order of book.orders.values()) {
    const { refusedCancels, state } = order
    if (refusedCancels === null || refusedCancels.count < config.maxOrderAttempts) continue
    if (state === 'cancelling' || now < refusedCancels.retryTime + WANTED_AGAIN_MS)
      return health.report(cancelRefused(symbol, order, refusedCancels))
  }
  health.clear('cancelRefused', symbol)
}
