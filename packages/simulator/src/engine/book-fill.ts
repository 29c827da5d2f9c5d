import {
  absolute,
  asMoney,
  asQuantity,
  divide,
  type Money,
  NO_MONEY,
  notional,
  type Price,
  type Quantity,
  shareOf,
  smaller,
} from '@tranchebook/core'
import {
  type Account,
  credit,
  type Income,
  leverageOf,
  marginTypeOf,
  type Position,
  positionOf,
  type Trade,
  walletOf,
} from './account.js'
import { emitAccount } from './account-news.js'
import { type Exchange, forgetThresholds, marketOf } from './exchange.js'
import { noteTrade } from './minute-bars.js'
import { emitOrder } from './order-news.js'
import type { SimulatedOrder } from './order.js'
import { rateOf, toWallet } from './parse-rate.js'

/** One execution of an order. `venue` = the venue's own doing: liquidation, deleveraging, settlement. */
export interface Fill {
  readonly order: SimulatedOrder
  readonly price: Price
  readonly quantity: Quantity
  readonly maker: boolean
  readonly by: 'market' | 'venue'
}

/**
 * Books a quantity into a position by average cost, as the venues do, and gives the realized profit to eight decimals. A fill larger than
 * an opposite position turns it round.
 */
export function bookIntoPosition(position: Position, delta: Quantity, price: Price): Money {
  const isIncrease = position.amount === 0n || position.amount > 0n === delta > 0n
  if (isIncrease) {
    position.cost = asMoney(position.cost + absolute(notional(price, delta)))
    position.amount = asQuantity(position.amount + delta)
    return NO_MONEY
  }
  const size = absolute(position.amount)
  const closed = smaller(absolute(delta), size)
  const cost = shareOf(position.cost, closed, size)
  const proceeds = notional(price, closed)
  const profit = toWallet(asMoney(position.amount > 0n ? proceeds - cost : cost - proceeds))
  const rest = asQuantity(absolute(delta) - closed)
  position.cost = rest > 0n ? notional(price, rest) : asMoney(position.cost - cost)
  position.amount = asQuantity(position.amount + delta)
  position.realized = asMoney(position.realized + profit)
  return profit
}

/** Margin set aside for an isolated position after a fill: its share of the entry cost, by leverage. */
function setIsolatedWallet(account: Account, position: Position, before: { amount: Quantity; wallet: Money }): void {
  if (marginTypeOf(account, position.symbol) === 'CROSSED') return
  const size = absolute(position.amount)
  const was = absolute(before.amount)
  const isSameSide = before.amount !== 0n && position.amount > 0n === before.amount > 0n
  if (isSameSide && size <= was) position.isolatedWallet = shareOf(before.wallet, size, was)
  else {
    const share = divide(position.cost, BigInt(leverageOf(account, position.symbol)), 'up')
    position.isolatedWallet = size === 0n ? NO_MONEY : asMoney(share)
  }
}

interface Charge {
  readonly amount: Money
  readonly asset: string
}

function chargeFor(account: Account, fill: Fill, quoteAsset: string): Charge {
  const { maker, taker, other } = account.fees
  const fee = toWallet(rateOf(notional(fill.price, fill.quantity), fill.maker ? maker : taker))
  if (other === null) return { amount: fee, asset: quoteAsset }
  const inOther = toWallet(asMoney(divide(fee * 10n ** 12n, other.price, 'nearest')))
  const isCovered = walletOf(account, other.asset) >= inOther
  return isCovered ? { amount: inOther, asset: other.asset } : { amount: fee, asset: quoteAsset }
}

/** Notes a movement of a wallet and makes it. */
export function bookIncome(exchange: Exchange, account: Account, income: Omit<Income, 'id' | 'time'>): void {
  if (income.amount === 0n) return
  credit(account, income.asset, income.amount)
  const id = (exchange.numbers.income++).toString()
  account.income.push({ ...income, id, time: exchange.time })
}

function bookOrder(exchange: Exchange, { order, price, quantity }: Fill): void {
  order.executed = asQuantity(order.executed + quantity)
  order.cost = asMoney(order.cost + notional(price, quantity))
  order.status = order.executed === order.quantity ? 'FILLED' : 'PARTIALLY_FILLED'
  order.updateTime = exchange.time
}

function tradeOf(exchange: Exchange, fill: Fill, { profit, charge }: { profit: Money; charge: Charge }): Trade {
  const { order, price, quantity, maker } = fill
  return {
    id: (exchange.numbers.trade++).toString(),
    orderId: order.id,
    clientOrderId: order.clientOrderId,
    symbol: order.spec.symbol,
    side: order.spec.side,
    positionSide: order.spec.positionSide,
    price,
    quantity,
    realizedPnl: profit,
    fee: charge.amount,
    feeAsset: charge.asset,
    maker,
    time: exchange.time,
  }
}

/** Books an execution everywhere: order, position, wallets, histories; and tells about it. */
export function bookFill(exchange: Exchange, account: Account, fill: Fill): Trade {
  const { order, price, quantity } = fill
  const { symbol, side, positionSide } = order.spec
  const market = marketOf(exchange, symbol)
  const { quoteAsset } = market.rules.instrument
  const position = positionOf(account, symbol, positionSide)
  const before = { amount: position.amount, wallet: position.isolatedWallet }
  const profit = bookIntoPosition(position, asQuantity(side === 'BUY' ? quantity : -quantity), price)
  position.updateTime = exchange.time
  setIsolatedWallet(account, position, before)
  bookOrder(exchange, fill)
  const charge = chargeFor(account, fill, quoteAsset)
  const trade = tradeOf(exchange, fill, { profit, charge })
  account.trades.push(trade)
  if (!fill.maker) noteTrade(market.minutes, exchange.time, trade)
  const about = { symbol, tradeId: trade.id }
  bookIncome(exchange, account, { ...about, type: 'REALIZED_PNL', amount: profit, asset: quoteAsset })
  bookIncome(exchange, account, { ...about, type: 'COMMISSION', amount: asMoney(-charge.amount), asset: charge.asset })
  forgetThresholds(exchange)
  const execution = fill.by === 'venue' ? 'CALCULATED' : 'TRADE'
  const assets = charge.asset === quoteAsset ? [quoteAsset] : [quoteAsset, charge.asset]
  if (!exchange.behaviour.accountNewsFirst) emitOrder(exchange, order, { execution, trade })
  emitAccount(exchange, account, { reason: 'ORDER', assets, positions: [position] })
  if (exchange.behaviour.accountNewsFirst) emitOrder(exchange, order, { execution, trade })
  return trade
}
