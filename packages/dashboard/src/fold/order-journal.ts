import {
  type BookEvent,
  type EventOf,
  formatQuantity,
  NO_QUANTITY,
  parseQuantity,
  plus,
  type Quantity,
} from '@tranchebook/core'
import type { OrderFill, OrderOutcome } from '../api/order-view.js'

/** Events that tell something of one of our orders. */
export type OrderEvent = EventOf<
  | 'OrderIntended'
  | 'OrderAcknowledged'
  | 'OrderTriggered'
  | 'OrderRefused'
  | 'OrderOutcomeUnknown'
  | 'OrderEnding'
  | 'OrderClosed'
  | 'CancelIntended'
  | 'CancelRefused'
>

/** An order and what became of it. */
export interface OrderRecord {
  readonly terms: EventOf<'OrderIntended'>
  outcome: OrderOutcome
  filled: Quantity
  venueOrderId: string | null
  childOrderId: string | null
  changedTime: number
  readonly steps: { readonly version: number; readonly event: OrderEvent }[]
  readonly fills: OrderFill[]
}

/** Orders of a book by client id, in the order they were intended: all that have not ended, and the newest that have. */
export interface OrderJournal {
  readonly orders: Map<string, OrderRecord>
  /** Ended ones that are no longer kept. */
  dropped: number
  ended: number
}

/** Ended orders that are kept. */
export const ENDED_KEPT = 1000

/** No orders yet. */
export function emptyJournal(): OrderJournal {
  return { orders: new Map(), dropped: 0, ended: 0 }
}

/** Whether an order has not ended. */
export function isOpen({ outcome }: Pick<OrderRecord, 'outcome'>): boolean {
  return outcome === 'open' || outcome === 'unknown'
}

function dropOldest(journal: OrderJournal): void {
  if (journal.ended <= ENDED_KEPT) return
  for (const [id, order] of journal.orders) {
    if (isOpen(order)) continue
    journal.orders.delete(id)
    journal.ended -= 1
    journal.dropped += 1
    return
  }
}

function end(journal: OrderJournal, order: OrderRecord, outcome: OrderOutcome): void {
  if (isOpen(order)) journal.ended += 1
  order.outcome = outcome
  dropOldest(journal)
}

function outcomeOf({ status }: EventOf<'OrderClosed'>, { filled }: OrderRecord): OrderOutcome {
  return filled > 0n && (status === 'cancelled' || status === 'expired') ? 'partlyFilled' : status
}

function follow(
  journal: OrderJournal,
  order: OrderRecord,
  event: Exclude<OrderEvent, { type: 'OrderIntended' }>,
): void {
  switch (event.type) {
    case 'OrderAcknowledged':
      order.venueOrderId = event.venueOrderId
      if (order.outcome === 'unknown') order.outcome = 'open'
      return undefined
    case 'OrderTriggered':
      order.childOrderId = event.childOrderId
      return undefined
    case 'OrderOutcomeUnknown':
      if (isOpen(order)) order.outcome = 'unknown'
      return undefined
    case 'OrderRefused':
      return end(journal, order, 'refused')
    case 'OrderClosed':
      return end(journal, order, outcomeOf(event, order))
    case 'OrderEnding':
    case 'CancelIntended':
    case 'CancelRefused':
      return undefined
  }
}

function intend(journal: OrderJournal, terms: EventOf<'OrderIntended'>, version: number): void {
  journal.orders.set(terms.clientOrderId, {
    terms,
    outcome: 'open',
    filled: NO_QUANTITY,
    venueOrderId: null,
    childOrderId: null,
    changedTime: terms.time,
    steps: [{ version, event: terms }],
    fills: [],
  })
}

function orderOfFill({ orders }: OrderJournal, fill: EventOf<'FillBooked'>): OrderRecord | undefined {
  const named = fill.clientOrderId === null ? undefined : orders.get(fill.clientOrderId)
  if (named !== undefined || fill.orderId === null) return named
  return [...orders.values()]
    .toReversed()
    .find(({ venueOrderId, childOrderId }) => fill.orderId === venueOrderId || fill.orderId === childOrderId)
}

function bookFill(journal: OrderJournal, event: EventOf<'FillBooked'>): void {
  const order = orderOfFill(journal, event)
  if (order === undefined) return
  const { tradeId, time, quantity, price, fee, feeAsset } = event
  order.fills.push({ tradeId, time, quantity, price, fee, feeAsset })
  order.filled = plus(order.filled, parseQuantity(quantity))
  order.changedTime = time
}

function learnFee({ orders }: OrderJournal, { tradeId, fee, feeAsset }: EventOf<'FillFeeBooked'>): void {
  for (const order of orders.values()) {
    const index = order.fills.findIndex((each) => each.tradeId === tradeId)
    const known = order.fills[index]
    if (known !== undefined) order.fills[index] = { ...known, fee, feeAsset }
  }
}

/** Writes one event into a journal that the caller owns. Events of no order change nothing. */
export function recordOrder(journal: OrderJournal, event: BookEvent, version: number): void {
  switch (event.type) {
    case 'OrderIntended':
      return intend(journal, event, version)
    case 'OrderAcknowledged':
    case 'OrderTriggered':
    case 'OrderRefused':
    case 'OrderOutcomeUnknown':
    case 'OrderEnding':
    case 'OrderClosed':
    case 'CancelIntended':
    case 'CancelRefused': {
      const order = journal.orders.get(event.clientOrderId)
      if (order === undefined) return undefined
      order.steps.push({ version, event })
      order.changedTime = event.time
      return follow(journal, order, event)
    }
    case 'FillBooked':
      return bookFill(journal, event)
    case 'FillFeeBooked':
      return learnFee(journal, event)
    default:
      return undefined
  }
}

/** What of an order was filled, as text. */
export function filledText({ filled }: OrderRecord): string {
  return formatQuantity(filled)
}
