import {
  absolute,
  asPrice,
  asQuantity,
  NO_QUANTITY,
  type OrderSide,
  type Price,
  type Quantity,
  smaller,
} from '@tranchebook/core'
import { type Account, positionOf } from './account.js'
import { bookFill } from './book-fill.js'
import { dropOrphans, endOrder, finishParent, isReducing, unlist } from './end-order.js'
import { accountOf, type Exchange, type Market, marketOf, restingOn } from './exchange.js'
import { EXPIRY, isLive, type SimulatedOrder } from './order.js'
import { bestOffer, marketLimit, takeOffer } from './offers.js'

/** How much of an order may still fill without turning its position round. */
function roomFor(exchange: Exchange, order: SimulatedOrder): Quantity {
  const left = asQuantity(order.quantity - order.executed)
  if (!isReducing({ ...order.spec, reduceOnly: order.reduceOnly })) return left
  const { amount } = positionOf(accountOf(exchange, order.account), order.spec.symbol, order.spec.positionSide)
  const isOpposite = order.spec.side === 'SELL' ? amount > 0n : amount < 0n
  return isOpposite ? smaller(left, absolute(amount)) : NO_QUANTITY
}

/** Whether a price is good enough for the side that pays or gets it. */
export function isWithin(side: OrderSide, price: Price, limit: Price | null): boolean {
  return limit === null || (side === 'BUY' ? price <= limit : price >= limit)
}

function opposite(side: OrderSide): OrderSide {
  return side === 'BUY' ? 'SELL' : 'BUY'
}

/** The order has filled as far as it could: what follows from it. */
function afterFill(exchange: Exchange, account: Account, order: SimulatedOrder): void {
  if (!isLive(order)) unlist(exchange, order)
  finishParent(exchange, order)
  dropOrphans(exchange, account, order)
}

/** Fills a resting order at its own price. What it may not fill any more expires. */
export function fillResting(exchange: Exchange, order: SimulatedOrder, most: Quantity): Quantity {
  const room = roomFor(exchange, order)
  if (room === 0n || order.price === null) {
    endOrder(exchange, order, { execution: 'EXPIRED', reason: EXPIRY.displaced })
    return NO_QUANTITY
  }
  const quantity = smaller(room, most)
  const account = accountOf(exchange, order.account)
  bookFill(exchange, account, { order, price: order.price, quantity, maker: true, by: 'market' })
  afterFill(exchange, account, order)
  return quantity
}

/** Ends whom the taker's self-trade mode names. True = the taker itself is over. */
function preventSelfTrade(exchange: Exchange, taker: SimulatedOrder, maker: SimulatedOrder): boolean {
  const mode = taker.spec.selfTradeMode
  if (mode !== 'EXPIRE_TAKER') endOrder(exchange, maker, { execution: 'EXPIRED', reason: EXPIRY.selfTrade })
  if (mode === 'EXPIRE_MAKER') return false
  endOrder(exchange, taker, { execution: 'EXPIRED', reason: EXPIRY.selfTrade })
  return true
}

interface Step {
  readonly exchange: Exchange
  readonly market: Market
  readonly taker: SimulatedOrder
  readonly limit: Price | null
}

/** Whom the taker meets next: a resting order before the offers of others at the same price. */
function nextMaker({
  market,
  taker,
  limit,
  exchange,
}: Step): { maker: SimulatedOrder | null; price: Price; quantity: Quantity } | null {
  const { side } = taker.spec
  const maker = restingOn(market, opposite(side))[0] ?? null
  const offer = bestOffer(exchange, market, side)
  const makerPrice = maker?.price ?? null
  const isMakerFirst = makerPrice !== null && (offer === null || isWithin(side, makerPrice, offer.price))
  if (isMakerFirst && maker !== null) {
    const quantity = asQuantity(maker.quantity - maker.executed)
    return isWithin(side, makerPrice, limit) ? { maker, price: makerPrice, quantity } : null
  }
  if (offer === null || !isWithin(side, offer.price, limit)) return null
  return { maker: null, price: offer.price, quantity: offer.quantity ?? taker.quantity }
}

/** One execution against the best other side. False = nothing more can be done now. */
function matchOnce(step: Step): boolean {
  const { exchange, market, taker } = step
  const room = roomFor(exchange, taker)
  const next = room === 0n ? null : nextMaker(step)
  if (next === null) return false
  const { maker, price } = next
  const isSelf = maker !== null && maker.account === taker.account && taker.spec.selfTradeMode !== 'NONE'
  if (isSelf) return !preventSelfTrade(exchange, taker, maker)
  let quantity = smaller(room, next.quantity)
  if (maker === null) takeOffer(exchange, market, { side: taker.spec.side, quantity })
  else {
    quantity = fillResting(exchange, maker, quantity)
    if (quantity === 0n) return true
  }
  const account = accountOf(exchange, taker.account)
  bookFill(exchange, account, { order: taker, price, quantity, maker: false, by: 'market' })
  afterFill(exchange, account, taker)
  return isLive(taker)
}

/** Lets an incoming order take what is there, within its limit. What is left of it is the caller's to rest or to expire. */
export function matchTaker(exchange: Exchange, taker: SimulatedOrder): void {
  const market = marketOf(exchange, taker.spec.symbol)
  const limit = taker.type === 'MARKET' ? marketLimit(market, taker.spec.side) : taker.price
  const step = { exchange, market, taker, limit }
  for (let isMore = true; isMore;) isMore = matchOnce(step)
}

/** Whether that much could be bought or sold at once within the limit. */
export function isFillable(exchange: Exchange, market: Market, order: SimulatedOrder): boolean {
  const { side } = order.spec
  let available = 0n
  for (const maker of restingOn(market, opposite(side))) {
    if (maker.price === null || !isWithin(side, maker.price, order.price)) break
    if (maker.account !== order.account) available += maker.quantity - maker.executed
  }
  const offered = offeredWithin(exchange, market, order)
  return offered === null || available + offered >= order.quantity
}

function offeredWithin(exchange: Exchange, market: Market, order: SimulatedOrder): bigint | null {
  const { side } = order.spec
  if (market.book !== null) {
    const levels = side === 'BUY' ? market.book.asks : market.book.bids
    const within = levels.filter((level) => isWithin(side, level.price, order.price))
    if (within.some((level) => level.quantity === null)) return null
    return within.reduce((sum, level) => sum + (level.quantity ?? 0n), 0n)
  }
  const best = bestOffer(exchange, market, side)
  if (best === null || !isWithin(side, best.price, order.price)) return 0n
  if (best.quantity === null) return null
  const { quantityPerLevel, ticksBetweenLevels } = exchange.liquidity
  const step = market.rules.instrument.tickSize * BigInt(ticksBetweenLevels)
  const gap = order.price === null ? null : absolute(asPrice(order.price - best.price))
  if (gap === null || step === 0n) return null
  return best.quantity + (gap / step) * (quantityPerLevel ?? 0n)
}
