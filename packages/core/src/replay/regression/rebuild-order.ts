import type { BookEvent, EventOf } from '../../book/events.js'
import { parseQuantity } from '../../money/quantity.js'
import type { InputHeader, OrderInput } from '../../observe/inputs.js'
import { SILENT_REPORT } from '../../observe/order-input.js'

type OrderNews = EventOf<
  | 'OrderAcknowledged'
  | 'OrderTriggered'
  | 'OrderRefused'
  | 'OrderOutcomeUnknown'
  | 'OrderEnding'
  | 'OrderClosed'
  | 'CancelRefused'
>

function isOrderNews(event: BookEvent): event is OrderNews {
  switch (event.type) {
    case 'OrderAcknowledged':
    case 'OrderTriggered':
    case 'OrderRefused':
    case 'OrderOutcomeUnknown':
    case 'OrderEnding':
    case 'OrderClosed':
    case 'CancelRefused':
      return true
    default:
      return false
  }
}

type Report = Omit<OrderInput, keyof InputHeader | 'type' | 'clientOrderId'>

function quantityOrNull(text: string | null): OrderInput['filledQuantity'] {
  return text === null ? null : parseQuantity(text)
}

function reportOf(event: OrderNews): Report {
  switch (event.type) {
    case 'OrderAcknowledged':
      return { ...SILENT_REPORT, status: 'acknowledged', orderId: event.venueOrderId }
    case 'OrderTriggered':
      return { ...SILENT_REPORT, status: 'triggered', childOrderId: event.childOrderId }
    case 'OrderRefused':
      return {
        ...SILENT_REPORT,
        status: 'refused',
        code: event.code,
        message: event.message,
        isPermanent: event.isPermanent,
        wouldTrigger: event.wouldTrigger,
      }
    case 'OrderOutcomeUnknown':
      return { ...SILENT_REPORT, status: 'unknown', message: event.message }
    case 'OrderEnding':
    case 'OrderClosed':
      return { ...SILENT_REPORT, status: event.status, filledQuantity: quantityOrNull(event.filledQuantity) }
    case 'CancelRefused':
      return { ...SILENT_REPORT, status: 'cancelRefused', code: event.code, message: event.message }
  }
}

/** The order report behind these events; `null` = there was none. */
export function rebuildOrder(events: readonly BookEvent[], header: InputHeader): OrderInput | null {
  const news = events.find(isOrderNews)
  return news === undefined ? null : { ...header, type: 'order', clientOrderId: news.clientOrderId, ...reportOf(news) }
}

/** News of an order that no book has: it decides nothing by itself. */
export function reportOfNoOrder(header: InputHeader): OrderInput {
  return { ...header, type: 'order', clientOrderId: '', ...SILENT_REPORT, status: 'acknowledged' }
}
