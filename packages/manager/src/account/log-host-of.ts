import type { BookEvent } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import { mayBeOurs, newestFunding } from '../reconcile/known-history.js'
import type { FundingHost } from '../reconcile/funding-watch.js'
import type { ReconcileHost } from '../reconcile/reconciler.js'
import type { HealthBoard } from '../report/health.js'
import { otherWriter } from '../report/troubles.js'

/** What comparisons ask the log, and who is told that another process writes for this account. */
export function logHostOf(
  store: EventStore<BookEvent>,
  health: HealthBoard,
): Pick<ReconcileHost, 'mayBeOurs' | 'onOtherWriter'> & Pick<FundingHost, 'newestFunding'> {
  return {
    mayBeOurs: async (stream, order) => mayBeOurs(store, stream, order),
    newestFunding: async ({ book }) => newestFunding(store, book),
    onOtherWriter: ({ symbol, clientOrderId }) => {
      health.report(otherWriter(symbol, clientOrderId))
    },
  }
}
