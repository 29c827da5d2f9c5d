import type { Trade } from './account.js'
import type { Execution } from './events.js'
import { emit, type Exchange } from './exchange.js'
import { type ConditionalOrder, EXPIRY, type ExpiryReason, type SimulatedOrder } from './order.js'

/** What happened to the order. */
export interface OrderNews {
  readonly execution: Execution
  readonly trade?: Trade
  readonly expiryReason?: ExpiryReason
}

/** Tells about an order, as it stands now. */
export function emitOrder(exchange: Exchange, order: SimulatedOrder, news: OrderNews): void {
  if (exchange.listeners.size === 0) return
  emit(exchange, {
    type: 'order',
    time: exchange.time,
    account: order.account,
    order: { ...order },
    execution: news.execution,
    trade: news.trade ?? null,
    expiryReason: news.expiryReason ?? EXPIRY.none,
  })
}

/** Tells about a conditional order, as it stands now. */
export function emitConditional(exchange: Exchange, order: ConditionalOrder): void {
  if (exchange.listeners.size === 0) return
  const account = exchange.accounts.get(order.account)
  const child = order.childId === null ? undefined : account?.orders.get(order.childId)
  emit(exchange, {
    type: 'conditional',
    time: exchange.time,
    account: order.account,
    order: { ...order },
    child: child === undefined ? null : { ...child },
  })
}
