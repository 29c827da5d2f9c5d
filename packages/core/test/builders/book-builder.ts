import { emptyBook, type TrancheBook } from '../../src/book/book.js'
import type { DecisionContext } from '../../src/book/context.js'
import type { BookEvent, EventOf, LevelText, OrderTerms } from '../../src/book/events.js'
import type { Side } from '../../src/book/tranche.js'
import type { PositionMode } from '../../src/config/symbol-config.js'
import { decideReview } from '../../src/decide/review.js'
import { startDecision } from '../../src/decide/decision.js'
import { evolveAll } from '../../src/evolve/copy-book.js'
import type { FillInput, ReviewInput } from '../../src/observe/inputs.js'
import { parsePrice } from '../../src/money/price.js'
import { parseQuantity } from '../../src/money/quantity.js'
import { eventOf, opened } from './events-builder.js'

/** What a test says of an open tranche; the rest is a plain LONG entry. */
export interface TrancheText {
  readonly id: string
  readonly price: string
  readonly quantity: string
  readonly side?: Side
  readonly time?: number
  readonly stop?: string | null
  readonly takeProfit?: string | null
  readonly levels?: readonly LevelText[]
  readonly isolated?: boolean
}

/** The events that open a tranche as described. */
function aTranche(text: TrancheText): BookEvent[] {
  const { id, side = 'LONG', time = Number(id.slice(1)), isolated = false, ...rest } = text
  const birth = opened({ ...rest, tranche: id, side, time })
  const isolation = eventOf('TrancheIsolated', time, { tranche: id, side, price: null, pnlPercent: null })
  return isolated ? [birth, isolation] : [birth]
}

/** A book with these tranches, in hedge mode unless said otherwise. */
export function aBook(
  tranches: readonly TrancheText[],
  { positionMode = 'HEDGE', events = [] }: { positionMode?: PositionMode; events?: readonly BookEvent[] } = {},
): TrancheBook {
  const empty = emptyBook({ account: 'main', symbol: 'BTCUSDT', positionMode })
  return evolveAll(empty, [...tranches.flatMap(aTranche), ...events])
}

/** What a test says of a protective order or exit; the rest is a stop of T1. */
export type OrderText = Pick<OrderTerms, 'clientOrderId'> & Partial<OrderTerms>

let intents = 1000

/** An order is intended: a LONG stop of T1 unless said otherwise. */
export function anOrder(text: OrderText): EventOf<'OrderIntended'> {
  const { side = 'LONG', quantity = '0.001', purpose = 'stop' } = text
  intents += 1
  const isStop = purpose === 'stop' || purpose === 'failSafe'
  return eventOf('OrderIntended', 1, {
    intent: intents,
    attempt: 1,
    purpose,
    orderType: isStop ? 'STOP_MARKET' : purpose === 'exit' ? 'MARKET' : 'LIMIT',
    side,
    orderSide: (side === 'LONG') === (purpose === 'entry') ? 'BUY' : 'SELL',
    positionSide: side,
    quantity,
    price: isStop || purpose === 'exit' ? null : '52500',
    triggerPrice: isStop ? '49000' : null,
    reduceOnly: false,
    closePosition: purpose === 'failSafe',
    allocation: quantity === null || purpose === 'entry' ? [] : [{ tranche: 'T1', quantity }],
    level: null,
    entryTranche: null,
    label: null,
    reason: purpose,
    ...text,
  }) as EventOf<'OrderIntended'>
}

/** The venue has the order. */
function acknowledged(clientOrderId: string, time = 2): BookEvent {
  return eventOf('OrderAcknowledged', time, { clientOrderId, venueOrderId: null })
}

/** An order that rests at the venue. */
export function resting(text: OrderText): BookEvent[] {
  return [anOrder(text), acknowledged(text.clientOrderId)]
}

/** The venue would not have the order. */
export function refused(clientOrderId: string, time = 2): BookEvent {
  return eventOf('OrderRefused', time, {
    clientOrderId,
    code: '-1111',
    message: null,
    isPermanent: false,
    wouldTrigger: false,
  })
}

/** The venue would not have the order: the price was at or past its trigger. */
export function passedAlready(clientOrderId: string, time = 2): BookEvent {
  return eventOf('OrderRefused', time, {
    clientOrderId,
    code: '-2021',
    message: 'Order would immediately trigger.',
    isPermanent: true,
    wouldTrigger: true,
  })
}

/** The order is gone. */
export function gone(clientOrderId: string, time = 2): BookEvent {
  return eventOf('OrderClosed', time, { clientOrderId, status: 'cancelled', filledQuantity: null })
}

/** What a test says of a fill of one of our orders; the price is the order's own unless said otherwise. */
export interface FillText {
  readonly order: string
  readonly quantity: string
  readonly tradeId: string
  readonly price?: string
  readonly time?: number
}

/** The venue fills a part of an order. */
export function aFill(book: TrancheBook, { order: id, quantity, tradeId, price, time = 5 }: FillText): FillInput {
  const order = book.orders.get(id)
  if (order === undefined) throw new Error(`the book has no order ${id}: it has ${[...book.orders.keys()].join(', ')}`)
  const own = order.price ?? order.triggerPrice ?? book.mark?.price ?? parsePrice('50000')
  const { account, symbol } = book
  return {
    type: 'fill',
    id: `fill-${tradeId}`,
    time,
    account,
    symbol,
    side: order.orderSide,
    positionSide: order.positionSide,
    quantity: parseQuantity(quantity),
    price: price === undefined ? own : parsePrice(price),
    fee: null,
    feeAsset: null,
    tradeId,
    orderId: null,
    clientOrderId: id,
    tranche: null,
    realizedPnl: null,
    maker: null,
    kind: 'trade',
  }
}

/** What a review decides. */
export function reviewOf(book: TrancheBook, context: DecisionContext, time = 0): readonly BookEvent[] {
  const { account, symbol } = book
  const input: ReviewInput = { type: 'review', id: `review-${book.version}`, time, account, symbol }
  const decision = startDecision(book, input, context)
  decideReview(decision, input)
  return decision.events
}

/** The venue's answer to everything under way: intents are acknowledged, cancels confirmed. */
export function answersOf(book: TrancheBook, time = 0): BookEvent[] {
  return [...book.orders.values()].flatMap((order) => {
    if (order.state === 'intended' || order.state === 'unknown') return [acknowledged(order.clientOrderId, time)]
    return order.state === 'cancelling' ? [gone(order.clientOrderId, time)] : []
  })
}

/** Reviews and venue answers in turn until a review sends nothing more; market exits stay under way. */
export function settled(book: TrancheBook, context: DecisionContext, time = 0): TrancheBook {
  let now = book
  for (let round = 0; round < 50; round += 1) {
    const before = now.orders.size
    const answered = evolveAll(now, answersOf(now, time))
    const decided = reviewOf(answered, context, time)
    now = evolveAll(answered, decided)
    if (decided.length === 0 && before === now.orders.size) return now
  }
  throw new Error('reviews never came to rest')
}
