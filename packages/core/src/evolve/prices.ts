import type { TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { TrancheGroup } from '../book/group.js'
import { parsePrice, type Price } from '../money/price.js'

/** Records a mark, and the extremes since the one before, into the life of every open tranche. */
export function markObserved(book: TrancheBook, event: EventOf<'MarkObserved'>): void {
  const price = parsePrice(event.price)
  const high = event.high === event.price ? price : parsePrice(event.high)
  const low = event.low === event.price ? price : parsePrice(event.low)

  book.mark = { price, time: event.markTime }
  widen(book.groups.LONG, high, low)
  widen(book.groups.SHORT, high, low)
}

function widen(group: TrancheGroup, high: Price, low: Price): void {
  for (const tranche of group.tranches) {
    if (tranche.highestMark === null || high > tranche.highestMark) tranche.highestMark = high
    if (tranche.lowestMark === null || low < tranche.lowestMark) tranche.lowestMark = low
  }
}
