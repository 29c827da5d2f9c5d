import type { OpenOrder } from '@tranchebook/adapters'
import type { BookOrder } from '@tranchebook/core'

/** Whether an order of the book is among those that rest at the venue, under any of its ids. */
export function isListed(order: BookOrder, listed: readonly OpenOrder[]): boolean {
  return listed.some(
    ({ clientOrderId, venueOrderId, childOrderId }) =>
      clientOrderId === order.clientOrderId ||
      venueOrderId === order.venueOrderId ||
      (order.childOrderId !== null && (venueOrderId === order.childOrderId || childOrderId === order.childOrderId)),
  )
}
