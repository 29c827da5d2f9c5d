import type { TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import { parsePrice } from '../money/price.js'
import { priceOrNull } from './event-texts.js'
import { assertLaw, trancheOf } from './lookup.js'

export function stopMoved(book: TrancheBook, event: EventOf<'StopMoved'>): void {
  const to = parsePrice(event.to)
  const best = priceOrNull(event.trailingBest)
  const tranche = trancheOf(book, event.side, event.tranche)
  const isFavourable =
    tranche.stopPrice === null || (event.side === 'LONG' ? to >= tranche.stopPrice : to <= tranche.stopPrice)
  assertLaw(event.forced || isFavourable, book, () => `the stop of ${event.tranche} would move against its favour`)

  tranche.stopPrice = to
  tranche.stopRung = event.rung
  if (best !== null) tranche.trailing = { best }
}

export function takeProfitMoved(book: TrancheBook, event: EventOf<'TakeProfitMoved'>): void {
  const to = priceOrNull(event.to)
  trancheOf(book, event.side, event.tranche).takeProfitPrice = to
}

export function takeProfitReached(book: TrancheBook, event: EventOf<'TakeProfitReached'>): void {
  const tranche = trancheOf(book, event.side, event.tranche)
  const level = tranche.levels[event.level - 1]
  if (level !== undefined) level.hitTime ??= event.time
}
