import { ENDED_ORDERS, type TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { BookOrder } from '../book/order.js'
import { parsePrice, type Price } from '../money/price.js'
import { NO_QUANTITY, parseQuantity } from '../money/quantity.js'
import { assertLaw, orderOf } from './lookup.js'

function parseOrder(event: EventOf<'OrderIntended'>): BookOrder {
  return {
    clientOrderId: event.clientOrderId,
    intent: event.intent,
    attempt: event.attempt,
    purpose: event.purpose,
    type: event.orderType,
    side: event.side,
    orderSide: event.orderSide,
    positionSide: event.positionSide,
    quantity: event.quantity === null ? null : parseQuantity(event.quantity),
    price: event.price === null ? null : parsePrice(event.price),
    triggerPrice: event.triggerPrice === null ? null : parsePrice(event.triggerPrice),
    reduceOnly: event.reduceOnly,
    closePosition: event.closePosition,
    allocation: event.allocation.map((part) => ({ tranche: part.tranche, quantity: parseQuantity(part.quantity) })),
    level: event.level,
    entryTranche: event.entryTranche,
    label: event.label,
    reason: event.reason,
    state: 'intended',
    filled: NO_QUANTITY,
    venueOrderId: null,
    childOrderId: null,
    ending: null,
    intendedTime: event.time,
    refusedCancels: null,
  }
}

export function orderIntended(book: TrancheBook, event: EventOf<'OrderIntended'>): void {
  const order = parseOrder(event)
  assertLaw(!book.orders.has(order.clientOrderId), book, () => `order ${order.clientOrderId} is intended already`)

  book.orders.set(order.clientOrderId, order)
  book.nextIntent = Math.max(book.nextIntent, order.intent + 1)
}

export function orderAcknowledged(book: TrancheBook, event: EventOf<'OrderAcknowledged'>): void {
  const order = orderOf(book, event.clientOrderId)

  if (order.state !== 'cancelling') order.state = 'working'
  order.venueOrderId = event.venueOrderId ?? order.venueOrderId
  book.breakers.delete(order.purpose)
}

export function orderTriggered(book: TrancheBook, event: EventOf<'OrderTriggered'>): void {
  const order = orderOf(book, event.clientOrderId)

  order.childOrderId = event.childOrderId ?? order.childOrderId
}

/** Moves an order to those that are remembered although they can do nothing any more. */
function endOrder(book: TrancheBook, order: BookOrder): void {
  book.orders.delete(order.clientOrderId)
  book.endedOrders.set(order.clientOrderId, order)
  const [oldest] = book.endedOrders.keys()
  if (book.endedOrders.size > ENDED_ORDERS && oldest !== undefined) book.endedOrders.delete(oldest)
}

/**
 * Of refusals that were on their way together the furthest trigger stays: the price is past all of them. Marks and fills that were
 * known by then are no newer, whatever a clock ahead of ours says.
 */
function passTrigger(book: TrancheBook, order: BookOrder, refusal: { price: Price; time: number }): void {
  const { clientOrderId, side, intendedTime } = order
  const { price } = refusal
  const time = Math.max(refusal.time, book.mark?.time ?? 0, book.lastFillTime)
  const known = book.passedTriggers[side]
  const isFurther = known !== null && (side === 'LONG' ? known.price < price : known.price > price)
  if (known === null || !isFurther || known.time < intendedTime)
    book.passedTriggers[side] = { clientOrderId, price, time }
}

/** A stop that would have triggered at once is no failure of stops: it tells where the price was. */
export function orderRefused(book: TrancheBook, event: EventOf<'OrderRefused'>): void {
  const order = orderOf(book, event.clientOrderId)
  const { purpose, type, triggerPrice } = order

  if (event.wouldTrigger && type === 'STOP_MARKET' && triggerPrice !== null) {
    passTrigger(book, order, { price: triggerPrice, time: event.time })
  } else {
    const failures = (book.breakers.get(purpose)?.failures ?? 0) + 1
    book.breakers.set(purpose, { failures, lastTime: event.time })
  }
  endOrder(book, order)
}

export function orderOutcomeUnknown(book: TrancheBook, event: EventOf<'OrderOutcomeUnknown'>): void {
  orderOf(book, event.clientOrderId).state = 'unknown'
}

export function orderEnding(book: TrancheBook, event: EventOf<'OrderEnding'>): void {
  const filledQuantity = parseQuantity(event.filledQuantity)
  orderOf(book, event.clientOrderId).ending = { status: event.status, filledQuantity }
}

export function orderClosed(book: TrancheBook, event: EventOf<'OrderClosed'>): void {
  endOrder(book, orderOf(book, event.clientOrderId))
}

export function cancelIntended(book: TrancheBook, event: EventOf<'CancelIntended'>): void {
  orderOf(book, event.clientOrderId).state = 'cancelling'
}

export function cancelRefused(book: TrancheBook, event: EventOf<'CancelRefused'>): void {
  const order = orderOf(book, event.clientOrderId)
  const { code, message, retryTime, time } = event

  order.state = 'working'
  if (retryTime === null) return
  const { count, since } = order.refusedCancels ?? { count: 0, since: time }
  order.refusedCancels = { count: count + 1, since, retryTime, code, message }
}
