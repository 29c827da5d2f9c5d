import {
  absolute,
  asMoney,
  asQuantity,
  NO_MONEY,
  notional,
  type Quantity,
  roundQuantity,
  smaller,
} from '@tranchebook/core'
import { type Account, keepOrder, marginTypeOf, openPositions, type Position, walletOf } from './account.js'
import { emitAccount } from './account-news.js'
import { bookFill, bookIncome } from './book-fill.js'
import { dropOrphans, endConditional, endOrder } from './end-order.js'
import { accountOf, deliver, emit, type Exchange, marketOf } from './exchange.js'
import { crossState, maintenanceAt, unrealizedAt } from './margin.js'
import { bidPrice, askPrice } from './offers.js'
import { emitOrder } from './order-news.js'
import { EXPIRY, type ExpiryReason, PLAIN_SPEC, type SimulatedOrder } from './order.js'
import { rateOf, toWallet } from './parse-rate.js'

/** Who closes a position without being asked. */
export type ForcedBy = 'liquidation' | 'adl' | 'settlement'

function forcedClientId(exchange: Exchange, by: ForcedBy): string {
  if (by === 'adl') return 'adl_autoclose'
  const prefix = by === 'liquidation' ? 'autoclose-' : 'settlement_autoclose-'
  return `${prefix}${exchange.time}${exchange.numbers.priority}`
}

function forcedOrder(
  exchange: Exchange,
  account: Account,
  { position, quantity, by }: { position: Position; quantity: Quantity; by: ForcedBy },
): SimulatedOrder {
  const isLong = position.amount > 0n
  const market = marketOf(exchange, position.symbol)
  const price = isLong ? bidPrice(market) : askPrice(exchange, market)
  const spec = {
    ...PLAIN_SPEC,
    symbol: position.symbol,
    side: isLong ? ('SELL' as const) : ('BUY' as const),
    type: 'LIMIT' as const,
    timeInForce: 'IOC' as const,
    positionSide: position.positionSide,
    quantity,
    price,
  }
  return {
    account: account.id,
    id: (exchange.numbers.order++).toString(),
    clientOrderId: forcedClientId(exchange, by),
    spec,
    type: 'LIMIT',
    originalType: 'LIMIT',
    parentId: null,
    reduceOnly: false,
    createTime: exchange.time,
    quantity,
    price,
    executed: asQuantity(0n),
    cost: NO_MONEY,
    status: 'NEW',
    updateTime: exchange.time,
    priority: (exchange.numbers.priority += 1),
    amendments: 0,
  }
}

/** Closes a position, or part of it, by an order of the venue's own, at the present price. */
function forceClose(
  exchange: Exchange,
  account: Account,
  forced: { readonly position: Position; readonly quantity: Quantity; readonly by: ForcedBy },
): void {
  const { position, by } = forced
  const quantity = smaller(forced.quantity, absolute(position.amount))
  if (quantity === 0n) return
  const order = forcedOrder(exchange, account, { position, quantity, by })
  keepOrder(account, order)
  emitOrder(exchange, order, { execution: 'NEW' })
  const price = order.price ?? marketOf(exchange, position.symbol).last
  bookFill(exchange, account, { order, price, quantity, maker: false, by: 'venue' })
  dropOrphans(exchange, account, order)
  if (by !== 'liquidation') return
  const { side } = order.spec
  emit(exchange, { type: 'liquidation', time: exchange.time, symbol: position.symbol, side, quantity, price })
}

function cancelEverything(
  exchange: Exchange,
  account: Account,
  { isAffected, reason }: { readonly isAffected: (symbol: string) => boolean; readonly reason: ExpiryReason },
): void {
  for (const order of account.live.values()) {
    if (isAffected(order.spec.symbol)) endOrder(exchange, order, { execution: 'EXPIRED', reason })
  }
  for (const order of account.waiting.values()) {
    if (isAffected(order.spec.symbol)) endConditional(exchange, order, 'EXPIRED')
  }
}

/** How much of a position goes in one step: at least half, on the step; the whole where less would be left than can be traded. */
function stepOf(exchange: Exchange, { symbol, amount }: Position): Quantity {
  const size = absolute(amount)
  const { minQuantity } = marketOf(exchange, symbol).rules.instrument
  const half = roundQuantity(marketOf(exchange, symbol).rules.instrument, asQuantity(size / 2n))
  const isWhole = exchange.behaviour.liquidation === 'whole' || half < minQuantity
  return isWhole ? size : asQuantity(size - half)
}

function liquidatePosition(exchange: Exchange, account: Account, position: Position): void {
  const market = marketOf(exchange, position.symbol)
  const asset = market.rules.instrument.quoteAsset
  const size = stepOf(exchange, position)
  const fee = toWallet(rateOf(notional(market.last, size), market.rules.liquidationFee))
  forceClose(exchange, account, { position, quantity: size, by: 'liquidation' })
  const paid = asMoney(-fee)
  bookIncome(exchange, account, { type: 'INSURANCE_CLEAR', symbol: position.symbol, amount: paid, asset, tradeId: '' })
  exchange.insurance = asMoney(exchange.insurance + fee)
}

/** The insurance fund makes good what a wallet owes. */
function coverDebt(exchange: Exchange, account: Account, position: Position): void {
  const asset = marketOf(exchange, position.symbol).rules.instrument.quoteAsset
  const wallet = walletOf(account, asset)
  if (wallet >= 0n || position.amount !== 0n) return
  const amount = asMoney(-wallet)
  bookIncome(exchange, account, { type: 'INSURANCE_CLEAR', symbol: position.symbol, amount, asset, tradeId: '' })
  exchange.insurance = asMoney(exchange.insurance - amount)
  emitAccount(exchange, account, { reason: 'INSURANCE_CLEAR', assets: [asset], positions: [], change: amount })
}

function checkCross(exchange: Exchange, account: Account, asset: string): boolean {
  const { wallet, unrealized, maintenance } = crossState(exchange, account, asset)
  if (maintenance === 0n || wallet + unrealized > maintenance) return false
  const positions = openPositions(account).filter(
    ({ symbol }) =>
      marginTypeOf(account, symbol) === 'CROSSED' && marketOf(exchange, symbol).rules.instrument.quoteAsset === asset,
  )
  const symbols = new Set(positions.map(({ symbol }) => symbol))
  cancelEverything(exchange, account, { isAffected: (symbol) => symbols.has(symbol), reason: EXPIRY.liquidation })
  for (const position of positions) liquidatePosition(exchange, account, position)
  for (const position of positions.slice(0, 1)) coverDebt(exchange, account, position)
  return true
}

function checkIsolated(exchange: Exchange, account: Account, position: Position): boolean {
  const market = marketOf(exchange, position.symbol)
  const left = position.isolatedWallet + unrealizedAt(position, market.mark)
  if (left > maintenanceAt(market, position, market.mark)) return false
  const isAffected = (symbol: string): boolean => symbol === position.symbol
  cancelEverything(exchange, account, { isAffected, reason: EXPIRY.liquidation })
  liquidatePosition(exchange, account, position)
  coverDebt(exchange, account, position)
  return true
}

/** Liquidates whom the mark of that symbol has ruined. True = somebody was. */
export function checkLiquidations(exchange: Exchange, symbol: string): boolean {
  let hasHappened = false
  const asset = marketOf(exchange, symbol).rules.instrument.quoteAsset
  for (const account of exchange.accounts.values()) {
    const held = openPositions(account).filter((position) => position.symbol === symbol)
    if (held.length === 0) continue
    const isIsolated = marginTypeOf(account, symbol) === 'ISOLATED'
    const isRuined = isIsolated
      ? held.some((position) => checkIsolated(exchange, account, position))
      : checkCross(exchange, account, asset)
    hasHappened = hasHappened || isRuined
  }
  return hasHappened
}

/** Takes a position, or part of it, away from its owner at the present price: auto-deleveraging or settlement. */
export function closeByVenue(
  exchange: Exchange,
  accountId: string,
  forced: Pick<Position, 'symbol' | 'positionSide'> & {
    readonly quantity: Quantity | null
    readonly by: 'adl' | 'settlement'
  },
): void {
  const account = accountOf(exchange, accountId)
  const position = openPositions(account).find(
    ({ symbol, positionSide }) => symbol === forced.symbol && positionSide === forced.positionSide,
  )
  if (position === undefined) return
  const quantity = forced.quantity ?? absolute(position.amount)
  forceClose(exchange, account, { position, quantity, by: forced.by })
  deliver(exchange)
}

/** Ends the trade of a symbol: what rests expires, positions are settled at the mark, and every order is refused from then on. */
export function settleSymbol(exchange: Exchange, symbol: string): void {
  const market = marketOf(exchange, symbol)
  market.rules = { ...market.rules, instrument: { ...market.rules.instrument, isTrading: false } }
  market.listing = 'settled'
  market.last = market.mark
  market.book = null
  const isAffected = (other: string): boolean => other === symbol
  for (const account of exchange.accounts.values()) {
    cancelEverything(exchange, account, { isAffected, reason: EXPIRY.delisted })
    for (const position of openPositions(account))
      if (position.symbol === symbol)
        forceClose(exchange, account, { position, quantity: absolute(position.amount), by: 'settlement' })
  }
  deliver(exchange)
}

/** Strikes a settled symbol off the list: questions about it are refused from then on. */
export function delistSymbol(exchange: Exchange, symbol: string): void {
  marketOf(exchange, symbol).listing = 'gone'
}
