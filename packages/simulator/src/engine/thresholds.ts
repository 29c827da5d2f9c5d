import { asPrice, type Price } from '@tranchebook/core'
import { openPositions } from './account.js'
import { triggerPriceOf } from './due.js'
import type { Exchange, Market, Thresholds } from './exchange.js'
import { liquidationPrice } from './margin.js'

/** The nearest price on either side of where the market stands. */
class Nearest {
  above: Price | null = null
  below: Price | null = null
  readonly #from: Price

  constructor(from: Price) {
    this.#from = from
  }

  add(price: Price): void {
    if (price > this.#from && (this.above === null || price < this.above)) this.above = price
    if (price < this.#from && (this.below === null || price > this.below)) this.below = price
  }
}

function addResting(market: Market, nearest: Nearest, isThrough: boolean): void {
  const one = market.rules.instrument.tickSize === 0n ? 1n : market.rules.instrument.tickSize
  const buy = market.buys[0]?.price ?? null
  const sell = market.sells[0]?.price ?? null
  if (buy !== null) nearest.add(asPrice(isThrough || buy >= market.last ? smallerOf(buy, market.last) - one : buy))
  if (sell !== null) nearest.add(asPrice(isThrough || sell <= market.last ? largerOf(sell, market.last) + one : sell))
}

function smallerOf(left: bigint, right: bigint): bigint {
  return left < right ? left : right
}

function largerOf(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}

function addConditionals(market: Market, last: Nearest, mark: Nearest): void {
  for (const order of market.conditionals) {
    const nearest = order.spec.workingType === 'MARK_PRICE' ? mark : last
    const trigger = triggerPriceOf(order)
    if (trigger !== null) nearest.add(trigger)
    else if (order.spec.activationPrice !== null) nearest.add(order.spec.activationPrice)
  }
}

function addLiquidations(exchange: Exchange, market: Market, mark: Nearest): void {
  const { symbol } = market.rules.instrument
  for (const account of exchange.accounts.values()) {
    for (const position of openPositions(account)) {
      if (position.symbol !== symbol) continue
      const price = liquidationPrice(exchange, account, position)
      if (price !== null) mark.add(price)
    }
  }
}

/** Where the next thing happens in a market, for the last price and for the mark. Kept until something changes. */
export function thresholdsOf(exchange: Exchange, market: Market): { last: Thresholds; mark: Thresholds } {
  if (market.thresholds !== null) return market.thresholds
  const last = new Nearest(market.last)
  const mark = new Nearest(market.mark)
  addResting(market, last, exchange.behaviour.restingFill === 'through')
  addConditionals(market, last, mark)
  addLiquidations(exchange, market, mark)
  market.thresholds = { last, mark }
  return market.thresholds
}
