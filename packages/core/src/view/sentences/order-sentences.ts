import type { EventOf } from '../../book/events.js'
import { shortId } from '../figure-text.js'
import { purposeWords } from './reason-words.js'
import { listed, type Sentences, type Show } from './sentence.js'

function termsText(event: EventOf<'OrderIntended'>, show: Show): string {
  const { orderType, orderSide, quantity, price, triggerPrice, closePosition } = event
  const size = closePosition || quantity === null ? 'the whole position' : show.quantity(quantity)
  const at =
    triggerPrice !== null ? ` at ${show.price(triggerPrice)}` : price !== null ? ` at ${show.price(price)}` : ''
  return `${orderSide} ${size}${at} (${orderType})`
}

function whose({ allocation, entryTranche, level }: EventOf<'OrderIntended'>): string {
  const owners =
    allocation.length > 0 ? allocation.map(({ tranche }) => tranche) : entryTranche === null ? [] : [entryTranche]
  return `${level === null ? '' : ` TP${level}`}${owners.length === 0 ? '' : ` for ${listed(owners)}`}`
}

function said(code: string | null, message: string | null): string {
  const words = [code, message].filter((word) => word !== null).join(' ')
  return words === '' ? '' : `: ${words}`
}

const ENDINGS: Readonly<Record<EventOf<'OrderClosed'>['status'], string>> = {
  filled: 'is filled',
  cancelled: 'was cancelled',
  expired: 'expired',
  absent: 'never reached the venue',
}

/** Intents, and what became of them. */
export const ORDER_SENTENCES: Sentences<
  | 'OrderIntended'
  | 'OrderAcknowledged'
  | 'OrderTriggered'
  | 'OrderRefused'
  | 'OrderOutcomeUnknown'
  | 'OrderEnding'
  | 'OrderClosed'
  | 'CancelIntended'
  | 'CancelRefused'
  | 'LeverageIntended'
> = {
  OrderIntended: (event, show) =>
    `${purposeWords(event.purpose)}${whose(event)} ${shortId(event.clientOrderId)}: ${termsText(event, show)}`,
  OrderAcknowledged: ({ clientOrderId, venueOrderId }) =>
    `order ${shortId(clientOrderId)} rests at the venue${venueOrderId === null ? '' : ` as ${venueOrderId}`}`,
  OrderTriggered: ({ clientOrderId }) => `order ${shortId(clientOrderId)} was triggered`,
  OrderRefused: ({ clientOrderId, code, message, isPermanent, wouldTrigger }) =>
    `order ${shortId(clientOrderId)} was refused${wouldTrigger ? ', the price was at or past its trigger' : isPermanent ? ' for good' : ''}${said(code, message)}`,
  OrderOutcomeUnknown: ({ clientOrderId, message }) =>
    `nobody knows yet whether order ${shortId(clientOrderId)} was accepted${said(null, message)}; it is looked up, not sent again`,
  OrderEnding: ({ clientOrderId, status, filledQuantity }, show) =>
    `order ${shortId(clientOrderId)} ${ENDINGS[status]} with ${show.quantity(filledQuantity)} filled; fills that are not booked yet are waited for`,
  OrderClosed: ({ clientOrderId, status, filledQuantity }, show) =>
    `order ${shortId(clientOrderId)} ${ENDINGS[status]}${filledQuantity === null || filledQuantity === '0' ? '' : ` with ${show.quantity(filledQuantity)} filled`}`,
  CancelIntended: ({ clientOrderId, reason }) => `cancel of order ${shortId(clientOrderId)}: ${reason}`,
  CancelRefused: ({ clientOrderId, code, message }) =>
    `the venue did not cancel order ${shortId(clientOrderId)}${said(code, message)}; it counts as working`,
  LeverageIntended: ({ leverage, reason }) => `leverage ${leverage}x asked for: ${reason}`,
}
