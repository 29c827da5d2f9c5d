import { absolute, divide, notional, type Price, type Quantity } from '@tranchebook/core'
import { type Account, leverageOf, positionOf } from './account.js'
import { isReducing } from './end-order.js'
import { type Exchange, type Market, marketOf } from './exchange.js'
import { exposureOf, freeMargin, largestAt } from './margin.js'
import { askPrice, bidPrice } from './offers.js'
import { type OrderSpec, waitsForTrigger } from './order.js'
import { refuse, type Refusal } from './refusal.js'

const CLIENT_ID = /^[.A-Z:/a-z0-9_-]{1,36}$/

/** Whether positions are named as the account holds them. */
function checkSides(account: Account, spec: OrderSpec): Refusal | null {
  const { positionSide, reduceOnly, closePosition, side, quantity } = spec
  if (account.isHedge === (positionSide === 'BOTH')) return refuse(-4061)
  if (reduceOnly && (account.isHedge || closePosition)) return refuse(-1106)
  if (closePosition && quantity !== null) return refuse(-4137)
  const isOpening = (positionSide === 'LONG' && side === 'BUY') || (positionSide === 'SHORT' && side === 'SELL')
  return closePosition && isOpening ? refuse(-1128) : null
}

/** Whether everything that its type needs is there, and nothing else. */
function checkTerms(spec: OrderSpec): Refusal | null {
  const { type, price, quantity, triggerPrice, closePosition } = spec
  const needsPrice = type === 'LIMIT' || type === 'STOP' || type === 'TAKE_PROFIT'
  const needsTrigger = waitsForTrigger(type) && type !== 'TRAILING_STOP_MARKET'
  if (needsPrice && price === null) return refuse(-1102)
  if (quantity === null && !closePosition) return refuse(-1102)
  if (needsTrigger && triggerPrice === null) return refuse(-1102)
  if (type === 'TRAILING_STOP_MARKET' && spec.callbackRate === null) return refuse(-1130)
  return closePosition && type !== 'STOP_MARKET' && type !== 'TAKE_PROFIT_MARKET' ? refuse(-1128) : null
}

/** Whether the order says what it must. `null` = it does. */
export function checkShape(account: Account, spec: OrderSpec): Refusal | null {
  const isNamedWell = spec.clientOrderId === null || CLIENT_ID.test(spec.clientOrderId)
  return isNamedWell ? (checkSides(account, spec) ?? checkTerms(spec)) : refuse(-4015)
}

const SHORTEST_GOOD_TILL_MS = 600_000

/** Whether a good-till-date order says until when, at least ten minutes from now. `null` = it does, or has no date. */
export function checkGoodTill({ timeInForce, goodTillTime }: OrderSpec, time: number): Refusal | null {
  return timeInForce === 'GTD' && goodTillTime <= time + SHORTEST_GOOD_TILL_MS ? refuse(-5040) : null
}

/** Resting orders that reduce the same position on the same side. */
function reducingRest(account: Account, spec: OrderSpec): bigint {
  let total = 0n
  for (const order of account.live.values()) {
    const isSame = order.spec.symbol === spec.symbol && order.spec.positionSide === spec.positionSide
    const isReducer = isReducing({ ...order.spec, reduceOnly: order.reduceOnly })
    if (isSame && isReducer && order.spec.side === spec.side) total += order.quantity - order.executed
  }
  return total
}

/** The quantity a reducing order may have: cut to the position, or a refusal. */
export function reducibleQuantity(
  exchange: Exchange,
  account: Account,
  spec: OrderSpec & { readonly quantity: Quantity },
): Quantity | Refusal {
  const { amount } = positionOf(account, spec.symbol, spec.positionSide)
  const isOpposite = spec.side === 'SELL' ? amount > 0n : amount < 0n
  const size = absolute(amount)
  const { oversizedReduceOnly, crowdedReduceOnly } = exchange.behaviour
  if (!isOpposite) return refuse(-2022)
  if (spec.quantity > size && oversizedReduceOnly === 'reject') return refuse(-2022)
  const quantity = spec.quantity > size ? size : spec.quantity
  const isCrowded = spec.type === 'LIMIT' && reducingRest(account, spec) + quantity > size
  return isCrowded && crowdedReduceOnly === 'reject' ? refuse(-4118) : quantity
}

/** The price an order counts at. */
function countedPrice(exchange: Exchange, market: Market, spec: OrderSpec): Price {
  if (spec.price !== null && spec.type !== 'MARKET') return spec.price
  return spec.side === 'BUY' ? askPrice(exchange, market) : bidPrice(market)
}

function growth(exchange: Exchange, account: Account, spec: OrderSpec & { readonly quantity: Quantity }): bigint {
  const market = marketOf(exchange, spec.symbol)
  const size = notional(countedPrice(exchange, market, spec), spec.quantity)
  if (account.isHedge) return size
  const held = notional(market.mark, positionOf(account, spec.symbol, 'BOTH').amount)
  const isOpposite = spec.side === 'SELL' ? held > 0n : held < 0n
  const closing = isOpposite ? 2n * absolute(held) : 0n
  return size > closing ? size - closing : 0n
}

/** Whether wallet and leverage carry what an opening order could make of the position. `null` = they do. */
export function checkMargin(
  exchange: Exchange,
  account: Account,
  spec: OrderSpec & { readonly quantity: Quantity },
): Refusal | null {
  const market = marketOf(exchange, spec.symbol)
  const leverage = leverageOf(account, spec.symbol)
  const added = growth(exchange, account, spec)
  if (added === 0n) return null
  if (exposureOf(exchange, account, spec.symbol) + added > largestAt(market, leverage)) return refuse(-2027)
  const needed = divide(added, BigInt(leverage), 'up')
  return needed > freeMargin(exchange, account, market.rules.instrument.quoteAsset) ? refuse(-2019) : null
}
