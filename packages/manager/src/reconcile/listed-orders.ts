import type { OpenOrder } from '@tranchebook/adapters'
import type { BookOrder, TrancheBook } from '@tranchebook/core'

/** Whether an order of the book is among those that rest at the venue, under any of its ids. */
export function isListed(order: BookOrder, listed: readonly OpenOrder[]): boolean {
  return listed.some(
    ({ clientOrderId, venueOrderId, childOrderId }) =>
      clientOrderId === order.clientOrderId ||
      venueOrderId === order.venueOrderId ||
      (order.childOrderId !== null && (venueOrderId === order.childOrderId || childOrderId === order.childOrderId)),
  )
}

/** Stops and targets of a book that wait at the venue for another price than they were meant for: they protect nothing. */
export function misplacedIn(book: TrancheBook, listed: readonly OpenOrder[]): readonly BookOrder[] {
  return listed.flatMap((found) => {
    const order = book.orders.get(found.clientOrderId)
    const isWaiting = order?.state === 'working' && order.childOrderId === null && found.childOrderId === null
    if (!isWaiting || (order.type !== 'STOP_MARKET' && order.type !== 'TAKE_PROFIT_MARKET')) return []
    return found.triggerPrice === order.triggerPrice ? [] : [order]
  })
}
