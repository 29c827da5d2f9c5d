import { isConditional, type VenueCapabilities } from '@tranchebook/adapters'
import type { TrancheBook } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'

function conditionalOrders(book: TrancheBook): number {
  return [...book.orders.values()].filter((order) => isConditional(order.type) && order.ending === null).length
}

/** Conditional orders the account may still add, as far as our books know, what they have decided included; `null` = not limited. */
export function conditionalRoom(
  { maxConditionalOrders }: VenueCapabilities,
  loops: readonly BookLoop[],
): number | null {
  if (maxConditionalOrders === null) return null
  return loops.reduce((room, loop) => room - conditionalOrders(loop.ahead), maxConditionalOrders)
}
