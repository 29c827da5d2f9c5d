import { asPrice, asQuantity, type OrderSide, type Price, type Quantity } from '@tranchebook/core'
import { followTrailing, isDue } from './due.js'
import {
  deliver,
  emit,
  type Exchange,
  forgetThresholds,
  type Market,
  marketOf,
  restingOn,
  type Thresholds,
} from './exchange.js'
import { checkLiquidations } from './liquidate.js'
import { fillResting } from './match.js'
import { notePrice, noteTrade } from './minute-bars.js'
import { refreshOffers } from './offers.js'
import type { ConditionalOrder, SimulatedOrder } from './order.js'
import { thresholdsOf } from './thresholds.js'
import { trigger } from './trigger.js'

/** Which prices a move carries along. */
export type PriceAxis = 'last' | 'mark' | 'both'

/** A move from where the price stands to somewhere else. */
export interface PriceMove {
  readonly symbol: string
  readonly to: Price
  readonly axis: PriceAxis
  /** True = the prices between were never traded. */
  readonly isGap: boolean
}

function setPrice(exchange: Exchange, market: Market, { to: price, axis }: Pick<PriceMove, 'to' | 'axis'>): void {
  if (axis !== 'mark') {
    market.last = price
    refreshOffers(market)
    notePrice(market.minutes, exchange.time, price)
  }
  if (axis !== 'last') market.mark = price
}

/** The first resting order that the last price has reached. At a touch, those that were touched already are skipped. */
function reachedOrder(exchange: Exchange, market: Market, touched: ReadonlySet<string>): SimulatedOrder | null {
  const isTouchEnough = exchange.behaviour.restingFill === 'touch'
  const reached = (side: OrderSide): SimulatedOrder | null =>
    restingOn(market, side).find(({ price, id }) => {
      if (price === null) return false
      const isThrough = side === 'BUY' ? market.last < price : market.last > price
      return isThrough || (isTouchEnough && market.last === price && !touched.has(id))
    }) ?? null
  return reached('BUY') ?? reached('SELL')
}

function fillReached(exchange: Exchange, market: Market, touched: Set<string>): boolean {
  const order = reachedOrder(exchange, market, touched)
  if (order === null) return false
  const isThrough = order.price !== market.last
  const { touchQuantity } = exchange.liquidity
  touched.add(order.id)
  fillResting(exchange, order, isThrough || touchQuantity === null ? order.quantity : touchQuantity)
  return true
}

function firstDue(market: Market): ConditionalOrder | null {
  let first: ConditionalOrder | null = null
  for (const order of market.conditionals) {
    if (isDue(market, order) && (first === null || order.priority < first.priority)) first = order
  }
  return first
}

function triggerDue(exchange: Exchange, market: Market): boolean {
  const order = firstDue(market)
  if (order !== null) trigger(exchange, order)
  return order !== null
}

/**
 * Lets everything happen that the present prices cause: resting orders fill first, then conditional orders fire in the order they were
 * placed, then ruined accounts are liquidated.
 */
function settlePrice(exchange: Exchange, symbol: string): void {
  const market = marketOf(exchange, symbol)
  const touched = new Set<string>()
  if (followTrailing(exchange, market)) market.thresholds = null
  for (;;) {
    const hasHappened =
      fillReached(exchange, market, touched) || triggerDue(exchange, market) || checkLiquidations(exchange, symbol)
    if (!hasHappened) break
    forgetThresholds(exchange)
  }
  deliver(exchange)
}

/** The next price on the way at which something happens; `null` = nothing until the end. */
function nextStop(
  { last, mark }: { last: Thresholds; mark: Thresholds },
  from: Price,
  { to, axis }: PriceMove,
): Price | null {
  const isUp = to > from
  const ofLast = axis === 'mark' ? null : isUp ? last.above : last.below
  const ofMark = axis === 'last' ? null : isUp ? mark.above : mark.below
  const nearer = (one: Price, two: Price): Price => (isUp === one < two ? one : two)
  const stop = ofLast === null || ofMark === null ? (ofLast ?? ofMark) : nearer(ofLast, ofMark)
  if (stop === null || (isUp ? stop > to : stop < to)) return null
  return stop
}

/** Whether a mark here changes what others marks mean: an account stands on several symbols with one wallet. */
function sharesMargin(exchange: Exchange): boolean {
  if (exchange.markets.size === 1) return false
  for (const account of exchange.accounts.values()) {
    let count = 0
    for (const position of account.positions.values()) if (position.amount !== 0n) count += 1
    if (count > 1) return true
  }
  return false
}

/** Orders that fire only while mark and last price are close have no price of their own: they are looked at wherever the price stops. */
function hasProtected(market: Market): boolean {
  for (const order of market.conditionals) if (order.spec.priceProtect) return true
  return false
}

function arrive(exchange: Exchange, market: Market, { symbol, to, axis }: PriceMove): void {
  setPrice(exchange, market, { to, axis })
  if (market.conditionals.size > 0 && followTrailing(exchange, market)) market.thresholds = null
  const isShared = axis !== 'last' && sharesMargin(exchange)
  if (isShared) forgetThresholds(exchange)
  if (isShared || hasProtected(market)) settlePrice(exchange, symbol)
}

function startOf(market: Market, axis: PriceAxis): Price {
  return axis === 'mark' ? market.mark : market.last
}

/**
 * Moves a price. On the way it stops wherever an order fills, a trigger fires or an account is ruined, so that these happen at their own
 * price and in the order the price meets them; after a gap they happen at the price behind it.
 */
export function movePrice(exchange: Exchange, move: PriceMove): void {
  const market = marketOf(exchange, move.symbol)
  const { to, axis, symbol } = move
  const isApart = axis === 'both' && market.mark !== market.last
  if (move.isGap || isApart) {
    market.thresholds = null
    setPrice(exchange, market, move)
    market.thresholds = null
    settlePrice(exchange, symbol)
    return
  }
  for (;;) {
    const stop =
      to === startOf(market, axis) ? null : nextStop(thresholdsOf(exchange, market), startOf(market, axis), move)
    if (stop === null) break
    setPrice(exchange, market, { to: stop, axis })
    market.thresholds = null
    settlePrice(exchange, symbol)
  }
  if (to !== startOf(market, axis)) arrive(exchange, market, move)
}

/** Sets the mark price by hand, as a jump. */
export function setMark(exchange: Exchange, symbol: string, price: Price): void {
  movePrice(exchange, { symbol, to: price, axis: 'mark', isGap: true })
  emit(exchange, { type: 'mark', time: exchange.time, symbol, price })
  deliver(exchange)
}

/** A trade of others. */
export interface PublicTrade {
  readonly symbol: string
  readonly price: Price
  readonly quantity: Quantity
  /** `null` = not known: orders on both sides count as met. */
  readonly takerSide: OrderSide | null
}

/** Orders that a trade meets at its very price, oldest first. */
function metAt(market: Market, { price, takerSide }: PublicTrade): SimulatedOrder[] {
  const met = (side: OrderSide): SimulatedOrder[] =>
    takerSide === side ? [] : restingOn(market, side).filter((order) => order.price === price)
  return [...met('BUY'), ...met('SELL')].sort((one, two) => one.priority - two.priority)
}

/**
 * A trade of others: what it went through fills whole, what it met at its price shares its quantity by time; then the last price is its
 * price and triggers fire.
 */
export function playTrade(exchange: Exchange, trade: PublicTrade): void {
  const market = marketOf(exchange, trade.symbol)
  let left: bigint = trade.quantity
  for (const order of metAt(market, trade)) {
    if (left === 0n) break
    left -= fillResting(exchange, order, asQuantity(left))
  }
  const isBuyerMaker = trade.takerSide === 'SELL'
  const tradeId = (exchange.numbers.trade++).toString()
  market.thresholds = null
  setPrice(exchange, market, { to: trade.price, axis: 'last' })
  noteTrade(market.minutes, exchange.time, trade)
  settleTrade(exchange, market)
  emit(exchange, {
    type: 'publicTrade',
    time: exchange.time,
    symbol: trade.symbol,
    price: asPrice(trade.price),
    quantity: trade.quantity,
    isBuyerMaker,
    tradeId,
  })
  deliver(exchange)
}

/** As {@link settlePrice}, but orders at the trade's own price have had their share already. */
function settleTrade(exchange: Exchange, market: Market): void {
  const { symbol } = market.rules.instrument
  const touched = new Set(
    [...market.buys, ...market.sells].filter(({ price }) => price === market.last).map(({ id }) => id),
  )
  followTrailing(exchange, market)
  while (fillReached(exchange, market, touched) || triggerDue(exchange, market)) forgetThresholds(exchange)
  if (checkLiquidations(exchange, symbol)) forgetThresholds(exchange)
}
