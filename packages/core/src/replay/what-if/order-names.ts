import { streamOf, type TrancheBook } from '../../book/book.js'
import type { BookEvent, EventOf } from '../../book/events.js'

/**
 * What an order is, whatever number it got: its cause and its terms. Two runs that intend the same order may name it differently,
 * and give one name to different orders.
 */
export function orderKey(event: EventOf<'OrderIntended'>): string {
  const { causationId, purpose, orderType, side, quantity, price, triggerPrice, level, closePosition } = event
  return JSON.stringify([causationId, purpose, orderType, side, quantity, price, triggerPrice, level, closePosition])
}

/** The orders of a run by what they are and by name, stream by stream. */
export interface OrderNames {
  /** Learns the orders that these events intend. */
  note(events: readonly BookEvent[], book: TrancheBook): void
  /** What the order of that name is; `null` = no such order. */
  keyOf(book: TrancheBook, clientOrderId: string): string | null
  /** The name of the order that is this; `null` = no such order. */
  nameOf(book: TrancheBook, key: string): string | null
}

/** No orders yet. */
export function createOrderNames(): OrderNames {
  const keys = new Map<string, string>()
  const names = new Map<string, string>()
  const counts = new Map<string, number>()

  function add(stream: string, event: EventOf<'OrderIntended'>): void {
    const same = `${stream} ${orderKey(event)}`
    const count = (counts.get(same) ?? 0) + 1
    counts.set(same, count)
    const key = `${orderKey(event)}#${count}`
    keys.set(`${stream} ${event.clientOrderId}`, key)
    names.set(`${stream} ${key}`, event.clientOrderId)
  }

  return {
    note(events, book) {
      for (const event of events) if (event.type === 'OrderIntended') add(streamOf(book), event)
    },
    keyOf: (book, clientOrderId) => keys.get(`${streamOf(book)} ${clientOrderId}`) ?? null,
    nameOf: (book, key) => names.get(`${streamOf(book)} ${key}`) ?? null,
  }
}
