import { type Account, clientKey } from './account.js'
import { endConditional, endOrder } from './end-order.js'
import { accountOf, deliver, type Exchange } from './exchange.js'
import type { ConditionalOrder, SimulatedOrder } from './order.js'
import { refuse, type Refusal } from './refusal.js'

/** Names an order by one of its ids. */
export type OrderName = { readonly id: string } | { readonly clientOrderId: string }

/** An ordinary order, ended ones included; of several under one client id the newest. */
export function findOrder(account: Account, symbol: string, name: OrderName): SimulatedOrder | null {
  if (!('id' in name)) return account.newest.orders.get(clientKey(symbol, name.clientOrderId)) ?? null
  const order = account.orders.get(name.id)
  return order?.spec.symbol === symbol ? order : null
}

/** A conditional order, ended ones included; of several under one client id the newest. */
export function findConditional(account: Account, name: OrderName): ConditionalOrder | null {
  const { conditionals, newest } = account
  return ('id' in name ? conditionals.get(name.id) : newest.conditionals.get(name.clientOrderId)) ?? null
}

/** Cancels an ordinary order that may still fill. */
export function cancelOrder(
  exchange: Exchange,
  accountId: string,
  target: { readonly symbol: string; readonly name: OrderName },
): { readonly type: 'cancelled'; readonly order: SimulatedOrder } | Refusal {
  const account = accountOf(exchange, accountId)
  const order = findOrder(account, target.symbol, target.name)
  if (order === null || !account.live.has(order.id)) return refuse(-2011)
  endOrder(exchange, order, { execution: 'CANCELED' })
  deliver(exchange)
  return { type: 'cancelled', order }
}

/** Cancels a conditional order that still waits. */
export function cancelConditional(
  exchange: Exchange,
  accountId: string,
  name: OrderName,
): { readonly type: 'cancelled'; readonly order: ConditionalOrder } | Refusal {
  const account = accountOf(exchange, accountId)
  const order = findConditional(account, name)
  if (order === null || !account.waiting.has(order.id)) return refuse(-2011)
  endConditional(exchange, order, 'CANCELED')
  deliver(exchange)
  return { type: 'cancelled', order }
}

/** Cancels every ordinary order of a symbol. */
export function cancelAllOrders(exchange: Exchange, accountId: string, symbol: string): number {
  const live = [...accountOf(exchange, accountId).live.values()].filter((order) => order.spec.symbol === symbol)
  for (const order of live) endOrder(exchange, order, { execution: 'CANCELED' })
  deliver(exchange)
  return live.length
}

/** Cancels every conditional order of a symbol. */
export function cancelAllConditionals(exchange: Exchange, accountId: string, symbol: string): number {
  const waiting = [...accountOf(exchange, accountId).waiting.values()].filter((order) => order.spec.symbol === symbol)
  for (const order of waiting) endConditional(exchange, order, 'CANCELED')
  deliver(exchange)
  return waiting.length
}
