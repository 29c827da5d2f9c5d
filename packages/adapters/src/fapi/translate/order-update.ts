import { InputError, larger, orderInput, parseQuantity } from '@tranchebook/core'
import type { AccountEvent } from '../../venue/account-event.js'
import type { OrderTradeUpdate } from '../wire/order-trade-update.js'
import { type FeeReading, isFill, translateFillUpdate } from './fill-input.js'
import type { KnownOrder, OrderRegistry } from './order-registry.js'
import { isEnding, orderStatusOf } from './words.js'

/** What reading account messages needs. */
export interface AccountContext {
  readonly account: string
  readonly readFee: FeeReading
  readonly registry: OrderRegistry
}

function fillOf(
  update: OrderTradeUpdate,
  order: KnownOrder,
  { account, readFee }: AccountContext,
): readonly AccountEvent[] {
  if (!isFill(update)) return []
  if (update.tradeId === null) {
    throw new InputError(
      'venue.payload.malformed',
      `expected a trade id beside the fill of order ${update.orderId}, got none`,
    )
  }
  return [translateFillUpdate(update, update.tradeId, { account, clientOrderId: order.clientOrderId, readFee })]
}

/** Where the order stands; nothing when the message is older than what is known. */
function reportOf(
  update: OrderTradeUpdate,
  order: KnownOrder,
  { account, registry }: AccountContext,
): readonly AccountEvent[] {
  const filledQuantity = parseQuantity(update.filledQuantity)
  const isOld = order.isEnded || filledQuantity < order.filled
  order.filled = larger(order.filled, filledQuantity)
  const plain = orderStatusOf(update.status)
  const isChild = order.childOrderId === update.orderId
  const status = isChild && plain === 'acknowledged' ? 'triggered' : plain
  if (isOld) return []
  if (isEnding(status)) registry.end(order)
  const news = {
    account,
    symbol: update.symbol,
    time: update.transactionTime,
    clientOrderId: order.clientOrderId,
    status,
    orderId: order.venueOrderId ?? update.orderId,
    childOrderId: order.childOrderId,
    filledQuantity,
    message: update.expiryReason === null ? null : `expiry reason ${update.expiryReason}`,
  }
  return [orderInput(news)]
}

/**
 * The trade a message reports, then where its order stands. Quantities are the trade's own, never differences of cumulative ones; a
 * message that is older than what is known of its order still brings its trade.
 *
 * @throws {InputError} `venue.payload.malformed`
 */
export function translateOrderUpdate(
  update: OrderTradeUpdate,
  order: KnownOrder,
  context: AccountContext,
): readonly AccountEvent[] {
  const fill = fillOf(update, order, context)
  return [...fill, ...reportOf(update, order, context)]
}
