import type { BookEvent } from '@tranchebook/core'
import type { NewEvent } from './event-store.js'

function idOf(event: BookEvent, version: number): string {
  switch (event.type) {
    case 'FillBooked':
      return `fill:${event.tradeId}`
    case 'FundingBooked':
      return `funding:${event.fundingId}`
    default:
      return `v${version}`
  }
}

/**
 * Gives the events of a decision their ids: a fill and a funding payment get the venue's own key, so that no book records
 * one twice, whatever version it was decided on; all others are named by their place. `after` is the version decided on.
 */
export function recordEvents(events: readonly BookEvent[], after: number): NewEvent<BookEvent>[] {
  return events.map((event, index) => ({ id: idOf(event, after + index + 1), event }))
}
