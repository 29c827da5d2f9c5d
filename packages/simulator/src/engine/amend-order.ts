import { asQuantity, notional, type Price, type Quantity } from '@tranchebook/core'
import { findOrder, type OrderName } from './cancel-order.js'
import { checkFilters } from './check-filters.js'
import { checkMargin } from './check-order.js'
import { endOrder, isReducing } from './end-order.js'
import { accountOf, deliver, type Exchange, marketOf, restingOn } from './exchange.js'
import { isWithin, matchTaker } from './match.js'
import { bestOffer } from './offers.js'
import { emitOrder } from './order-news.js'
import { isLive, type SimulatedOrder } from './order.js'
import { rest } from './place-order.js'
import { refuse, type Refusal } from './refusal.js'

/** New terms of a resting order; both are always named. */
export interface Amendment {
  readonly symbol: string
  readonly name: OrderName
  readonly price: Price
  /** The whole order, what was filled included. */
  readonly quantity: Quantity
}

function check(exchange: Exchange, order: SimulatedOrder, { price, quantity }: Amendment): Refusal | null {
  const market = marketOf(exchange, order.spec.symbol)
  if (order.type !== 'LIMIT') return refuse(-5025)
  if (order.price === price && order.quantity === quantity) return refuse(-5027)
  const spec = { ...order.spec, price, quantity, type: 'LIMIT' as const }
  const refusal = checkFilters(market, spec, { isAnyTriggerTickFine: false })
  if (refusal?.code === -4164) return refuse(-5029)
  if (refusal !== null || isReducing(spec)) return refusal
  const added = notional(price, quantity) - notional(order.price ?? price, order.quantity)
  const growth = asQuantity(quantity - order.quantity)
  return added > 0n && growth > 0n
    ? checkMargin(exchange, accountOf(exchange, order.account), { ...spec, quantity: growth })
    : null
}

function takesNow(exchange: Exchange, order: SimulatedOrder): boolean {
  const offer = bestOffer(exchange, marketOf(exchange, order.spec.symbol), order.spec.side)
  return offer !== null && isWithin(order.spec.side, offer.price, order.price)
}

function apply(exchange: Exchange, order: SimulatedOrder, { price, quantity }: Amendment): void {
  const market = marketOf(exchange, order.spec.symbol)
  const resting = restingOn(market, order.spec.side)
  resting.splice(resting.indexOf(order), 1)
  order.price = price
  order.quantity = quantity
  exchange.numbers.priority += 1
  order.priority = exchange.numbers.priority
  order.amendments += 1
  order.updateTime = exchange.time
  const isOver = quantity <= order.executed || (order.spec.timeInForce === 'GTX' && takesNow(exchange, order))
  if (isOver) {
    endOrder(exchange, order, { execution: 'CANCELED' })
    return
  }
  emitOrder(exchange, order, { execution: 'AMENDMENT' })
  matchTaker(exchange, order)
  if (isLive(order)) rest(market, order)
}

/** Changes price and quantity of a resting LIMIT order, which loses its place in the queue. */
export function amendOrder(
  exchange: Exchange,
  accountId: string,
  amendment: Amendment,
): { readonly type: 'amended'; readonly order: SimulatedOrder } | Refusal {
  const account = accountOf(exchange, accountId)
  const order = findOrder(account, amendment.symbol, amendment.name)
  if (order === null || !account.live.has(order.id)) return refuse(-2013)
  const refusal = check(exchange, order, amendment)
  if (refusal !== null) return refusal
  apply(exchange, order, amendment)
  deliver(exchange)
  return { type: 'amended', order }
}
