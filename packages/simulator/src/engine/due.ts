import { absolute, asMoney, asPrice, divide, type Price } from '@tranchebook/core'
import type { Exchange, Market } from './exchange.js'
import { emitConditional } from './order-news.js'
import type { ConditionalOrder } from './order.js'
import { rateOf } from './parse-rate.js'

const ONE = 10n ** 12n

/** The price that an order's trigger looks at. */
function watchedPrice(market: Market, order: ConditionalOrder): Price {
  return order.spec.workingType === 'MARK_PRICE' ? market.mark : market.last
}

/** Whether the order fires when the price rises to its trigger (or falls to it). */
function firesAbove({ spec }: ConditionalOrder): boolean {
  const isTakeProfit = spec.type === 'TAKE_PROFIT' || spec.type === 'TAKE_PROFIT_MARKET'
  return (spec.side === 'BUY') !== isTakeProfit
}

/** Whether a trailing stop has begun to follow; one without an activation price always has. */
function activates(order: ConditionalOrder, price: Price): boolean {
  const { activationPrice, side } = order.spec
  if (activationPrice === null) return true
  return side === 'SELL' ? price >= activationPrice : price <= activationPrice
}

/** Follows the price with the trailing stops of a market. True = one of them moved. */
export function followTrailing(exchange: Exchange, market: Market): boolean {
  let hasMoved = false
  for (const order of market.conditionals) {
    const { type, side, activationPrice } = order.spec
    if (type !== 'TRAILING_STOP_MARKET') continue
    const price = watchedPrice(market, order)
    const isFirst = order.extreme === null && activates(order, price)
    const isBetter = order.extreme !== null && (side === 'SELL' ? price > order.extreme : price < order.extreme)
    if (!isFirst && !isBetter) continue
    order.extreme = price
    hasMoved = true
    if (isFirst && activationPrice !== null) emitConditional(exchange, order)
  }
  return hasMoved
}

/** Where a conditional order fires now; `null` = not yet known, or never. */
export function triggerPriceOf({ spec, extreme }: ConditionalOrder): Price | null {
  if (spec.type !== 'TRAILING_STOP_MARKET') return spec.triggerPrice
  if (extreme === null || spec.callbackRate === null) return null
  return spec.side === 'SELL'
    ? asPrice(divide(extreme * (ONE - spec.callbackRate), ONE, 'up'))
    : asPrice(divide(extreme * (ONE + spec.callbackRate), ONE, 'down'))
}

function isProtected(market: Market, order: ConditionalOrder): boolean {
  if (!order.spec.priceProtect) return false
  const gap = absolute(asPrice(market.mark - market.last))
  return gap > rateOf(asMoney(market.mark), market.rules.triggerProtect)
}

/** Whether the price has come to where the order fires. */
export function isDue(market: Market, order: ConditionalOrder): boolean {
  const trigger = triggerPriceOf(order)
  if (trigger === null || trigger === 0n || isProtected(market, order)) return false
  const price = watchedPrice(market, order)
  return firesAbove(order) ? price >= trigger : price <= trigger
}
