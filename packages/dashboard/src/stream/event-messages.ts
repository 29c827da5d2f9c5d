import type { BookEvent } from '@tranchebook/core'
import type { StoredEvent } from '@tranchebook/store'
import type { RecordedMessage } from '../api/stream-message.js'
import type { DashboardSource } from '../source/dashboard-source.js'
import { precisionOf } from '../view/looking.js'
import { presentEntry } from '../view/present-timeline.js'

/** A recorded event as the stream tells it. */
export function recordedMessage(source: DashboardSource, stored: StoredEvent<BookEvent>): RecordedMessage {
  const [account = '', symbol = ''] = stored.stream.split('/')
  const { instrument } = source.circumstancesOf({ account, symbol })
  return {
    ...presentEntry(stored, precisionOf(instrument)),
    account,
    symbol,
    causationId: stored.event.causationId,
  }
}

/** One server-sent event. Without an id it does not move the place a client resumes from. */
export function formatMessage(name: string, data: unknown, id: string | null = null): string {
  return `${id === null ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
