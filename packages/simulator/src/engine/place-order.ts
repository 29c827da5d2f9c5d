import { ascending, asMoney, NO_QUANTITY, type OrderSide, type Quantity } from '@tranchebook/core'
import { type Account, keepOrder } from './account.js'
import { checkFilters } from './check-filters.js'
import { checkGoodTill, checkMargin, checkShape, reducibleQuantity } from './check-order.js'
import { endOrder, finishParent, isReducing } from './end-order.js'
import { accountOf, deliver, type Exchange, forgetThresholds, type Market, marketOf, restingOn } from './exchange.js'
import { noteGoodTill } from './expire-by-time.js'
import { bestOffer } from './offers.js'
import { isFillable, isWithin, matchTaker } from './match.js'
import { emitOrder } from './order-news.js'
import { type ConditionalOrder, EXPIRY, isLive, type OrderSpec, type SimulatedOrder } from './order.js'
import { refuse, type Refusal } from './refusal.js'

/** How a placement ended. */
export type Placement = { readonly type: 'placed'; readonly order: SimulatedOrder } | Refusal

/** Where a triggered order comes from. */
export interface Origin {
  readonly parent: ConditionalOrder
  readonly id: string
  readonly clientOrderId: string
}

const GENERATED_ID_LENGTH = 22

function isIdTaken(account: Account, clientOrderId: string): boolean {
  for (const order of account.live.values()) if (order.clientOrderId === clientOrderId) return true
  return false
}

function comesBefore(side: OrderSide, one: SimulatedOrder, two: SimulatedOrder): boolean {
  const byPrice = ascending(one.price ?? 0n, two.price ?? 0n)
  if (byPrice !== 0) return side === 'BUY' ? byPrice > 0 : byPrice < 0
  return one.priority < two.priority
}

/** Puts an order into the book: best price first, then oldest. */
export function rest(market: Market, order: SimulatedOrder): void {
  const resting = restingOn(market, order.spec.side)
  const index = resting.findIndex((other) => comesBefore(order.spec.side, order, other))
  resting.splice(index < 0 ? resting.length : index, 0, order)
  market.thresholds = null
}

function wouldTake(exchange: Exchange, market: Market, order: SimulatedOrder): boolean {
  const { side } = order.spec
  const offer = bestOffer(exchange, market, side)
  const maker = restingOn(market, side === 'BUY' ? 'SELL' : 'BUY')[0]?.price ?? null
  const meets = (price: SimulatedOrder['price']): boolean => price !== null && isWithin(side, price, order.price)
  return meets(offer?.price ?? null) || meets(maker)
}

interface Drafted {
  readonly account: Account
  readonly spec: OrderSpec
  readonly quantity: Quantity
  readonly origin: Origin | null
}

function draft(exchange: Exchange, { account, spec, quantity, origin }: Drafted): SimulatedOrder {
  const isMarket = spec.price === null || spec.type.endsWith('MARKET')
  return {
    account: account.id,
    id: origin?.id ?? (exchange.numbers.order++).toString(),
    clientOrderId: origin?.clientOrderId ?? spec.clientOrderId ?? exchange.random.text(GENERATED_ID_LENGTH),
    spec,
    type: isMarket ? 'MARKET' : 'LIMIT',
    originalType: origin?.parent.spec.type ?? spec.type,
    parentId: origin?.parent.id ?? null,
    reduceOnly: spec.reduceOnly || spec.closePosition,
    createTime: exchange.time,
    quantity,
    price: isMarket ? null : spec.price,
    executed: NO_QUANTITY,
    cost: asMoney(0n),
    status: 'NEW',
    updateTime: exchange.time,
    priority: (exchange.numbers.priority += 1),
    amendments: 0,
  }
}

/** What is left of an order that took what it could: it rests, or it expires. */
function settleRest(exchange: Exchange, market: Market, order: SimulatedOrder): void {
  if (!isLive(order)) return
  const { timeInForce } = order.spec
  if (order.type === 'MARKET') endOrder(exchange, order, { execution: 'EXPIRED', reason: EXPIRY.unfilledMarket })
  else if (timeInForce === 'IOC' || timeInForce === 'FOK')
    endOrder(exchange, order, { execution: 'EXPIRED', reason: EXPIRY.unfilledRest })
  else {
    rest(market, order)
    noteGoodTill(exchange, order.spec)
  }
}

/** Refusals that depend on the book as it stands: post-only orders that would take, all-or-nothing orders that cannot fill. */
function checkBook(exchange: Exchange, market: Market, order: SimulatedOrder): Refusal | null {
  const { timeInForce } = order.spec
  if (order.type === 'MARKET') return null
  if (timeInForce === 'GTX' && wouldTake(exchange, market, order)) return refuse(-5022)
  return timeInForce === 'FOK' && !isFillable(exchange, market, order) ? refuse(-5021) : null
}

function checkRoom(exchange: Exchange, account: Account, drafted: Drafted): Refusal | Quantity {
  const { spec, quantity } = drafted
  const sized = { ...spec, quantity }
  if (isReducing(spec) || spec.closePosition) return reducibleQuantity(exchange, account, sized)
  return checkMargin(exchange, account, sized) ?? quantity
}

/**
 * Lets an order into the book: matched at once as far as it can, then resting or expired. `origin` names the conditional order it came
 * from. Filters have been checked.
 */
export function enterOrder(exchange: Exchange, drafted: Drafted): Placement {
  const { account, spec, origin } = drafted
  const market = marketOf(exchange, spec.symbol)
  const room = checkRoom(exchange, account, drafted)
  if (typeof room !== 'bigint') return room
  const order = draft(exchange, { ...drafted, quantity: room })
  const refusal = checkBook(exchange, market, order)
  if (refusal !== null) return refusal
  keepOrder(account, order)
  account.live.set(order.id, order)
  if (origin !== null) origin.parent.childId = order.id
  emitOrder(exchange, order, { execution: 'NEW' })
  matchTaker(exchange, order)
  settleRest(exchange, market, order)
  finishParent(exchange, order)
  forgetThresholds(exchange)
  return { type: 'placed', order }
}

/** Places a LIMIT or MARKET order. A refusal changes nothing. */
export function placeOrder(exchange: Exchange, accountId: string, spec: OrderSpec): Placement {
  const account = accountOf(exchange, accountId)
  const market = exchange.markets.get(spec.symbol)
  if (market === undefined || market.listing === 'gone') return refuse(-1121)
  if (market.listing === 'settled') return refuse(-4141)
  const { quantity, clientOrderId } = spec
  const isCrowded = account.live.size >= market.rules.maxOrders && spec.type === 'LIMIT'
  const refusal =
    checkShape(account, spec) ??
    checkGoodTill(spec, exchange.time) ??
    (market.rules.instrument.isTrading || isReducing(spec) ? null : refuse(-4140)) ??
    checkFilters(market, spec, { isAnyTriggerTickFine: false }) ??
    (clientOrderId !== null && isIdTaken(account, clientOrderId) ? refuse(-4116) : null) ??
    (isCrowded ? refuse(-2025) : null)
  if (refusal !== null) return refusal
  if (quantity === null) return refuse(-1102)
  const placement = enterOrder(exchange, { account, spec, quantity, origin: null })
  deliver(exchange)
  return placement
}
