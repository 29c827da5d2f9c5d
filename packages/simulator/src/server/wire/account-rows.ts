import { absolute, asMoney, formatMoney, formatQuantity, type Money, NO_MONEY, notional } from '@tranchebook/core'
import {
  type Account,
  leverageOf,
  marginTypeOf,
  openPositions,
  type Position,
  type Trade,
  walletOf,
} from '../../engine/account.js'
import { type Exchange, marketOf } from '../../engine/exchange.js'
import {
  availableBalance,
  crossState,
  initialMargin,
  largestAt,
  liquidationPrice,
  maintenanceAt,
  unrealizedAt,
} from '../../engine/margin.js'
import type { Dialect, ServerManners } from '../context.js'
import { amountText, averageText, priceText } from './figures.js'
import type { Row } from './order-rows.js'

/** Whose rows are written. */
export interface Holder {
  readonly exchange: Exchange
  readonly account: Account
}

/** A row of `positionRisk`. The newer form has no leverage and no margin type. */
export function positionRow({ exchange, account }: Holder, position: Position, isOld: boolean): Row {
  const market = marketOf(exchange, position.symbol)
  const leverage = leverageOf(account, position.symbol)
  const size = notional(market.mark, position.amount)
  const initial = amountText(asMoney(absolute(size) / BigInt(leverage)))
  const isIsolated = marginTypeOf(account, position.symbol) === 'ISOLATED'
  const liquidation = position.amount === 0n ? null : liquidationPrice(exchange, account, position)
  const old = {
    leverage: leverage.toString(),
    maxNotionalValue: amountText(largestAt(market, leverage)),
    marginType: isIsolated ? 'isolated' : 'cross',
    isAutoAddMargin: 'false',
  }
  return {
    symbol: position.symbol,
    positionSide: position.positionSide,
    positionAmt: formatQuantity(position.amount),
    entryPrice: averageText(position),
    breakEvenPrice: averageText(position),
    markPrice: priceText(market.mark),
    unRealizedProfit: amountText(unrealizedAt(position, market.mark)),
    liquidationPrice: priceText(liquidation),
    isolatedMargin: amountText(
      isIsolated ? asMoney(position.isolatedWallet + unrealizedAt(position, market.mark)) : NO_MONEY,
    ),
    notional: amountText(size),
    marginAsset: market.rules.instrument.quoteAsset,
    isolatedWallet: amountText(position.isolatedWallet),
    initialMargin: initial,
    maintMargin: amountText(position.amount === 0n ? NO_MONEY : maintenanceAt(market, position, market.mark)),
    positionInitialMargin: initial,
    openOrderInitialMargin: '0',
    adl: 0,
    bidNotional: '0',
    askNotional: '0',
    updateTime: position.updateTime,
    ...(isOld ? old : {}),
  }
}

/** A row of `balance`. */
export function balanceRow({ exchange, account }: Holder, asset: string): Row {
  const cross = crossState(exchange, account, asset)
  const available = amountText(availableBalance(exchange, account, asset))
  return {
    accountAlias: 'SgsR',
    asset,
    balance: amountText(walletOf(account, asset)),
    crossWalletBalance: amountText(cross.wallet),
    crossUnPnl: amountText(cross.unrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
    marginAvailable: true,
    updateTime: exchange.time,
  }
}

function unrealizedIn({ exchange, account }: Holder, asset: string): Money {
  const inAsset = openPositions(account).filter(
    ({ symbol }) => marketOf(exchange, symbol).rules.instrument.quoteAsset === asset,
  )
  return asMoney(inAsset.reduce((sum, one) => sum + unrealizedAt(one, marketOf(exchange, one.symbol).mark), 0n))
}

/** A wallet as `account` lists it. */
export function assetRow(holder: Holder, asset: string): Row {
  const { exchange, account } = holder
  const wallet = walletOf(account, asset)
  const unrealized = unrealizedIn(holder, asset)
  const { wallet: crossWallet, unrealized: crossUnrealized, maintenance } = crossState(exchange, account, asset)
  const initial = amountText(initialMargin(exchange, account, asset))
  const available = amountText(availableBalance(exchange, account, asset))
  return {
    asset,
    walletBalance: amountText(wallet),
    unrealizedProfit: amountText(unrealized),
    marginBalance: amountText(asMoney(wallet + unrealized)),
    maintMargin: amountText(maintenance),
    initialMargin: initial,
    positionInitialMargin: initial,
    openOrderInitialMargin: '0',
    crossWalletBalance: amountText(crossWallet),
    crossUnPnl: amountText(crossUnrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
    marginAvailable: true,
    updateTime: exchange.time,
  }
}

/** A row of `userTrades`. */
export function tradeRow(trade: Trade, dialect: Dialect, { tradeCommission }: ServerManners): Row {
  const fee = tradeCommission === 'negative' ? asMoney(-trade.fee) : trade.fee
  const newer = dialect === 'binance' ? { baseQty: '0', marginAsset: trade.feeAsset, pair: trade.symbol } : {}
  return {
    id: BigInt(trade.id),
    orderId: BigInt(trade.orderId),
    symbol: trade.symbol,
    side: trade.side,
    positionSide: trade.positionSide,
    price: priceText(trade.price),
    qty: formatQuantity(trade.quantity),
    quoteQty: formatMoney(notional(trade.price, trade.quantity)),
    ...newer,
    realizedPnl: amountText(trade.realizedPnl),
    commission: amountText(fee),
    commissionAsset: trade.feeAsset,
    maker: trade.maker,
    buyer: trade.side === 'BUY',
    time: trade.time,
  }
}
