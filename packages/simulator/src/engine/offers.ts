import {
  asPrice,
  asQuantity,
  NO_QUANTITY,
  type OrderSide,
  type Price,
  type Quantity,
  roundPrice,
} from '@tranchebook/core'
import type { Exchange, Level, Market } from './exchange.js'
import { besideOne, priceAt } from './parse-rate.js'

/** What others bid: the last price, down to the tick. */
export function bidPrice(market: Market): Price {
  return roundPrice(market.rules.instrument, market.last, 'down')
}

/** What others ask: the last price up to the tick, and the spread on top. */
export function askPrice(exchange: Exchange, market: Market): Price {
  const { instrument } = market.rules
  const spread = instrument.tickSize * BigInt(exchange.liquidity.spreadTicks)
  return asPrice(roundPrice(instrument, market.last, 'up') + spread)
}

function handLevel(market: Market, side: OrderSide): Level | null {
  const levels = side === 'BUY' ? market.book?.asks : market.book?.bids
  return levels?.find((level) => level.quantity === null || level.quantity > 0n) ?? null
}

/** Standing offers of the market: level after level away from the last price, each of the same quantity. */
function standingLevel(exchange: Exchange, market: Market, side: OrderSide): Level {
  const { quantityPerLevel, ticksBetweenLevels } = exchange.liquidity
  const best = side === 'BUY' ? askPrice(exchange, market) : bidPrice(market)
  if (quantityPerLevel === null || quantityPerLevel === 0n) return { price: best, quantity: null }
  const level = market.taken[side] / quantityPerLevel
  const away = level * market.rules.instrument.tickSize * BigInt(ticksBetweenLevels)
  const price = asPrice(side === 'BUY' ? best + away : best - away)
  return { price, quantity: asQuantity(quantityPerLevel - (market.taken[side] % quantityPerLevel)) }
}

/** The best price at which that side can trade with others now; `null` = nobody offers. */
export function bestOffer(exchange: Exchange, market: Market, side: OrderSide): Readonly<Level> | null {
  return market.book === null ? standingLevel(exchange, market, side) : handLevel(market, side)
}

/** Uses up what was traded with others. */
export function takeOffer(
  exchange: Exchange,
  market: Market,
  taken: { readonly side: OrderSide; readonly quantity: Quantity },
): void {
  if (market.book === null) {
    if (exchange.liquidity.quantityPerLevel !== null) {
      market.taken[taken.side] = asQuantity(market.taken[taken.side] + taken.quantity)
    }
    return
  }
  const level = handLevel(market, taken.side)
  if (level !== null && level.quantity !== null) level.quantity = asQuantity(level.quantity - taken.quantity)
}

/** Offers are fresh again once the price has moved. */
export function refreshOffers(market: Market): void {
  market.book = null
  market.taken.BUY = NO_QUANTITY
  market.taken.SELL = NO_QUANTITY
}

/** Worst price at which a market order may fill; beyond it the rest expires. */
export function marketLimit(market: Market, side: OrderSide): Price {
  return priceAt(market.mark, besideOne(market.rules.marketBound, side === 'BUY' ? 1n : -1n))
}
