import type { EventOf } from '@tranchebook/core'
import type { BookChange } from './book-change.js'

export function projectIntended(event: EventOf<'OrderIntended'>): BookChange {
  const [only, ...others] = event.allocation
  const r = {
    intent: event.intent,
    attempt: event.attempt,
    purpose: event.purpose,
    order_type: event.orderType,
    side: event.side,
    order_side: event.orderSide,
    position_side: event.positionSide,
    quantity: event.quantity,
    price: event.price,
    trigger_price: event.triggerPrice,
    reduce_only: event.reduceOnly ? 1 : 0,
    close_position: event.closePosition ? 1 : 0,
    tranche_id: others.length === 0 ? (only?.tranche ?? event.entryTranche) : null,
    allocation: event.allocation,
    level: event.level,
    reason: event.reason,
    status: 'intended',
    intended_time: event.time,
  }
  return { o: 'order', k: event.clientOrderId, r }
}

export function projectAcknowledged({ clientOrderId, venueOrderId }: EventOf<'OrderAcknowledged'>): BookChange {
  const venue = venueOrderId === null ? {} : { venue_order_id: venueOrderId }
  return { o: 'order.change', k: clientOrderId, r: { status: 'working', ...venue } }
}

export function projectTriggered({ clientOrderId, childOrderId }: EventOf<'OrderTriggered'>): readonly BookChange[] {
  return childOrderId === null ? [] : [{ o: 'order.change', k: clientOrderId, r: { child_order_id: childOrderId } }]
}

export function projectRefused({ clientOrderId, code, message, time }: EventOf<'OrderRefused'>): BookChange {
  const refusal = [code, message].filter((part) => part !== null).join(': ')
  return { o: 'order.change', k: clientOrderId, r: { status: 'refused', refusal, closed_time: time } }
}

export function projectStatus(clientOrderId: string, status: string): BookChange {
  return { o: 'order.change', k: clientOrderId, r: { status } }
}

export function projectOrderClosed({ clientOrderId, status, time }: EventOf<'OrderClosed'>): BookChange {
  return { o: 'order.change', k: clientOrderId, r: { status, closed_time: time } }
}
