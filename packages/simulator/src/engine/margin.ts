import {
  absolute,
  asMoney,
  asPrice,
  averagePrice,
  divide,
  type Money,
  NO_MONEY,
  notional,
  type Price,
} from '@tranchebook/core'
import { type Account, leverageOf, marginTypeOf, openPositions, type Position, walletOf } from './account.js'
import { isReducing } from './end-order.js'
import { type Exchange, type Market, marketOf } from './exchange.js'
import type { SimulatedOrder } from './order.js'
import { rateOf } from './parse-rate.js'
import type { LeverageBracket } from './rules.js'

const ONE = 10n ** 12n

/** Profit of a position at that price, not realized. */
export function unrealizedAt(position: Position, price: Price): Money {
  const value = price * position.amount
  return asMoney(position.amount < 0n ? value + position.cost : value - position.cost)
}

/** Average entry to 12 decimals; 0 when flat. */
export function entryPriceOf(position: Position): Price {
  return position.amount === 0n ? asPrice(0n) : averagePrice(position.cost, absolute(position.amount), 'nearest')
}

/** The tier that a position of that size is in. */
export function bracketFor(market: Market, size: Money): LeverageBracket {
  const { brackets } = market.rules
  const found = brackets.find((bracket) => size <= bracket.notionalCap) ?? brackets.at(-1)
  if (found === undefined) throw new RangeError(`${market.rules.instrument.symbol} has no leverage brackets`)
  return found
}

/** What a position must keep at least, at that mark. */
export function maintenanceAt(market: Market, position: Position, mark: Price): Money {
  const size = absolute(notional(mark, position.amount))
  const { maintenanceRate, cumulative } = bracketFor(market, size)
  return asMoney(rateOf(size, maintenanceRate) - cumulative)
}

/** Largest position that this leverage allows, in quote. */
export function largestAt(market: Market, leverage: number): Money {
  const allowed = market.rules.brackets.filter((bracket) => bracket.initialLeverage >= leverage)
  return allowed.at(-1)?.notionalCap ?? NO_MONEY
}

function orderSize(order: SimulatedOrder, market: Market): Money {
  return asMoney((order.price ?? market.mark) * (order.quantity - order.executed))
}

function largerOf(left: bigint, right: bigint): bigint {
  return left > right ? left : right
}

/** Largest size that a symbol's position can reach by the orders that rest, in quote. One-way: on the worse side. */
export function exposureOf(exchange: Exchange, account: Account, symbol: string): Money {
  const market = marketOf(exchange, symbol)
  let buys = 0n
  let sells = 0n
  for (const order of account.live.values()) {
    if (order.spec.symbol !== symbol || isReducing({ ...order.spec, reduceOnly: order.reduceOnly })) continue
    if (order.spec.side === 'BUY') buys += orderSize(order, market)
    else sells += orderSize(order, market)
  }
  let total = 0n
  for (const position of openPositions(account)) {
    if (position.symbol !== symbol) continue
    const size = notional(market.mark, position.amount)
    if (position.positionSide === 'BOTH')
      return asMoney(largerOf(absolute(asMoney(size + buys)), absolute(asMoney(size - sells))))
    total += absolute(size)
  }
  return asMoney(account.isHedge ? total + buys + sells : largerOf(buys, sells))
}

/** Symbols the account has a position or orders in, whose margin is kept in that asset. */
function symbolsIn(exchange: Exchange, account: Account, asset: string): ReadonlySet<string> {
  const positions = openPositions(account).map((position) => position.symbol)
  const orders = [...account.live.values()].map((order) => order.spec.symbol)
  const all = [...positions, ...orders]
  return new Set(all.filter((symbol) => marketOf(exchange, symbol).rules.instrument.quoteAsset === asset))
}

/** Margin that positions and resting orders bind, in that asset. */
export function initialMargin(exchange: Exchange, account: Account, asset: string): Money {
  let total = 0n
  for (const symbol of symbolsIn(exchange, account, asset)) {
    total += divide(exposureOf(exchange, account, symbol), BigInt(leverageOf(account, symbol)), 'up')
  }
  return asMoney(total)
}

/** What cross-margined positions in an asset stand on. */
export interface CrossState {
  /** Wallet without what is set aside for isolated positions. */
  readonly wallet: Money
  readonly unrealized: Money
  readonly maintenance: Money
}

/** The cross margin of one asset, at the present marks. */
export function crossState(exchange: Exchange, account: Account, asset: string): CrossState {
  let wallet: bigint = walletOf(account, asset)
  let unrealized = 0n
  let maintenance = 0n
  for (const position of account.positions.values()) {
    if (position.amount === 0n) continue
    const market = marketOf(exchange, position.symbol)
    if (market.rules.instrument.quoteAsset !== asset) continue
    if (marginTypeOf(account, position.symbol) === 'ISOLATED') wallet -= position.isolatedWallet
    else {
      unrealized += unrealizedAt(position, market.mark)
      maintenance += maintenanceAt(market, position, market.mark)
    }
  }
  return { wallet: asMoney(wallet), unrealized: asMoney(unrealized), maintenance: asMoney(maintenance) }
}

/** Margin that is free for new orders, in that asset; negative when more is bound than there is. */
export function freeMargin(exchange: Exchange, account: Account, asset: string): Money {
  const { wallet, unrealized } = crossState(exchange, account, asset)
  const isolated = openPositions(account)
    .filter((position) => marginTypeOf(account, position.symbol) === 'ISOLATED')
    .reduce((sum, position) => sum + position.isolatedWallet, 0n)
  return asMoney(wallet + isolated + unrealized - initialMargin(exchange, account, asset))
}

/** What may still be bound in new orders, in that asset. Never below 0. */
export function availableBalance(exchange: Exchange, account: Account, asset: string): Money {
  const free = freeMargin(exchange, account, asset)
  return free > 0n ? free : NO_MONEY
}

/** Wallet and profit that a position stands on beside its own, less what the others must keep. */
function backingOf(exchange: Exchange, account: Account, position: Position): bigint {
  if (marginTypeOf(account, position.symbol) === 'ISOLATED') return position.isolatedWallet
  const market = marketOf(exchange, position.symbol)
  const { wallet, unrealized, maintenance } = crossState(exchange, account, market.rules.instrument.quoteAsset)
  const own = unrealizedAt(position, market.mark) - maintenanceAt(market, position, market.mark)
  return wallet + unrealized - maintenance - own
}

/**
 * The mark at which a position would be liquidated if nothing else moved; `null` = never. Cross: with the profit and margin of the other
 * positions as they are now. Rounded so that the account is ruined there. Maintenance is the largest of the tiers' lines, so the first
 * line to be met decides.
 */
export function liquidationPrice(exchange: Exchange, account: Account, position: Position): Price | null {
  const market = marketOf(exchange, position.symbol)
  const backing = backingOf(exchange, account, position)
  const isLong = position.amount > 0n
  const side = isLong ? 1n : -1n
  let first: Price | null = null
  for (const { maintenanceRate, cumulative } of market.rules.brackets) {
    const weight = absolute(position.amount) * (maintenanceRate - side * ONE)
    if (weight === 0n) continue
    const price = divide((backing + cumulative - side * position.cost) * ONE, weight, isLong ? 'down' : 'up')
    const isEarlier = first === null || (isLong ? price > first : price < first)
    if (price > 0n && isEarlier) first = asPrice(price)
  }
  return first
}
