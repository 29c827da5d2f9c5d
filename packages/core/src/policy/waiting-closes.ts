import type { TrancheBook } from '../book/book.js'
import { inVenueOrder, type VenuePlace } from '../book/venue-order.js'
import type { Side } from '../book/tranche.js'
import { larger, minus, negate, plus, smaller } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'

/** A fill's effect on the quantity of one side: entries positive, exits negative. */
export interface SideFill extends VenuePlace {
  readonly net: Quantity
}

/** Closing quantity of a side that has found nothing to close, so far. */
export function unmatchedOf(book: TrancheBook, side: Side): Quantity {
  return book.groups[side].unmatched.reduce((sum, close) => plus(sum, close.quantity), NO_QUANTITY)
}

function rememberedFills(book: TrancheBook, side: Side): SideFill[] {
  return [book.fills.older, book.fills.seen].flatMap((window) =>
    [...window].flatMap(([tradeId, fill]) => (fill.side === side ? [{ tradeId, time: fill.time, net: fill.net }] : [])),
  )
}

/**
 * Closing quantity that would have found nothing to close had all fills of a side come in the venue's order, `latest` included: how
 * far the running sum of entries less exits ever fell below 0. Fills that have left the window keep what they left unmatched.
 */
export function unmatchedInVenueOrder(book: TrancheBook, side: Side, latest: SideFill): Quantity {
  const fills = [...rememberedFills(book, side), latest].toSorted(inVenueOrder)
  const known = new Set(fills.map((fill) => fill.tradeId))
  const forgotten = book.groups[side].unmatched.filter((close) => !known.has(close.tradeId))
  const floor = forgotten.reduce((sum, close) => plus(sum, close.quantity), NO_QUANTITY)

  let net = plus(minus(book.groups[side].quantity, unmatchedOf(book, side)), latest.net)
  let lowest = net
  for (const fill of fills.toReversed()) {
    lowest = smaller(lowest, net)
    net = minus(net, fill.net)
  }
  return larger(floor, negate(lowest))
}

/** Whether a fill can change what closes should have found: it came out of the venue's order, or closes are waiting. */
export function mayReorder(book: TrancheBook, side: Side, place: VenuePlace): boolean {
  const { estimates, unmatched } = book.groups[side]
  // Estimates move quantity without fills, so that fills alone no longer tell what was open.
  if (estimates.length > 0) return false
  return unmatched.length > 0 || place.time <= book.lastFillTime
}
