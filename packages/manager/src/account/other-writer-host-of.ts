import type { BookEvent } from '@tranchebook/core'
import type { EventStore } from '@tranchebook/store'
import { mayBeOurs } from '../reconcile/known-history.js'
import type { OtherWriterHost } from '../reconcile/other-writer-watch.js'
import type { HealthBoard } from '../report/health.js'
import { otherWriter } from '../report/troubles.js'

/** What another writer's orders are told by, and who is told of it. */
export function otherWriterHostOf(
  store: EventStore<BookEvent>,
  health: HealthBoard,
): Pick<OtherWriterHost, 'mayBeOurs' | 'onOtherWriter'> {
  return {
    mayBeOurs: async (stream, order) => mayBeOurs(store, stream, order),
    onOtherWriter: ({ symbol, clientOrderId }) => {
      health.report(otherWriter(symbol, clientOrderId))
    },
  }
}
