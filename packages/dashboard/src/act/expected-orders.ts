import {
  type BookEvent,
  type EventOf,
  figureText,
  formatPrice,
  type TextPrecision,
  type TrancheBook,
} from '@tranchebook/core'
import type { ExpectedOrder } from '../api/action.js'

const NAMES: Readonly<Record<EventOf<'OrderIntended'>['purpose'], string>> = {
  entry: 'entry',
  exit: 'exit',
  stop: 'stop',
  takeProfit: 'take profit',
  failSafe: 'fail-safe stop',
}

function orderSentence(order: EventOf<'OrderIntended'>, { priceDecimals, quantityDecimals }: TextPrecision): string {
  const { purpose, orderSide, quantity, price, triggerPrice, allocation, entryTranche } = order
  const size = quantity === null ? 'the whole position' : figureText(quantity, quantityDecimals)
  const at = triggerPrice ?? price
  const where = at === null ? 'at market' : `at ${figureText(at, priceDecimals)}`
  const owners =
    allocation.length > 0 ? allocation.map(({ tranche }) => tranche) : entryTranche === null ? [] : [entryTranche]
  const whose = owners.length === 0 ? '' : ` for ${owners.join(', ')}`
  return `send ${NAMES[purpose]}: ${orderSide} ${size} ${where}${whose}`
}

function cancelSentence(clientOrderId: string, book: TrancheBook, { priceDecimals }: TextPrecision): string {
  const order = book.orders.get(clientOrderId)
  if (order === undefined) return `cancel order ${clientOrderId}`
  const owners = order.allocation.map(({ tranche }) => tranche)
  const price = order.triggerPrice ?? order.price
  const where = price === null ? '' : ` at ${figureText(formatPrice(price), priceDecimals)}`
  return `cancel ${NAMES[order.purpose]}${where}${owners.length === 0 ? '' : ` for ${owners.join(', ')}`}`
}

/** What would be sent to the venue because of some events, in words. */
export function expectedOrders(
  events: readonly BookEvent[],
  book: TrancheBook,
  precision: TextPrecision,
): readonly ExpectedOrder[] {
  const { symbol } = book
  return events.flatMap((event) => {
    switch (event.type) {
      case 'OrderIntended':
        return [{ symbol, sentence: orderSentence(event, precision) }]
      case 'CancelIntended':
        return [{ symbol, sentence: cancelSentence(event.clientOrderId, book, precision) }]
      case 'LeverageIntended':
        return [{ symbol, sentence: `ask the venue for leverage ${event.leverage}x` }]
      default:
        return []
    }
  })
}
