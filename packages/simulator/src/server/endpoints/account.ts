import {
  type Account,
  marginTypeOf,
  openPositions,
  leverageOf,
  type Position,
  positionOf,
} from '../../engine/account.js'
import type { Call, Endpoint } from '../context.js'
import { marketOf } from '../../engine/exchange.js'
import { largestAt } from '../../engine/margin.js'
import { priceText, amountText } from '../wire/figures.js'
import { asPrice, formatPrice } from '@tranchebook/core'
import { assetRow, balanceRow, positionRow, tradeRow } from '../wire/account-rows.js'
import type { Json } from '../wire/json-text.js'
import { queryRow } from '../wire/order-rows.js'
import { limited } from './orders.js'
import { symbolOf } from './order-terms.js'

function sidesOf(account: Account, symbol: string): readonly Position[] {
  const sides = account.isHedge ? (['BOTH', 'LONG', 'SHORT'] as const) : (['BOTH'] as const)
  return sides.map((side) => positionOf(account, symbol, side))
}

/** `GET v3/positionRisk`: symbols with a position or open orders. At Aster every symbol, in the older form. */
export const positionRisk: Endpoint = ({ context, params }) => {
  const { exchange, account, dialect } = context
  const isOld = dialect === 'aster'
  const symbol = params.text('symbol')
  const inUse = new Set([
    ...openPositions(account).map((position) => position.symbol),
    ...[...account.live.values(), ...account.waiting.values()].map((order) => order.spec.symbol),
  ])
  const symbols = [...exchange.markets.keys()].filter((name) => (isOld || inUse.has(name)) && (symbol ?? name) === name)
  const positions = symbols.flatMap((name) => sidesOf(account, name))
  const isShown = (position: Position): boolean =>
    isOld || position.amount !== 0n || !account.isHedge || position.positionSide !== 'BOTH'
  return positions.filter(isShown).map((position) => positionRow(context, position, isOld))
}

/** `GET v2/positionRisk`: every symbol. */
export const oldPositionRisk: Endpoint = ({ context, params }) => {
  const symbol = params.text('symbol')
  const symbols = [...context.exchange.markets.keys()].filter((name) => (symbol ?? name) === name)
  return symbols
    .flatMap((name) => sidesOf(context.account, name))
    .map((position) => positionRow(context, position, true))
}

/** `GET balance` */
export const balance: Endpoint = ({ context }) =>
  [...context.account.wallets.keys()].map((asset) => balanceRow(context, asset))

function positionsOf({ context }: Call, isOld: boolean): readonly Json[] {
  const shown = isOld
    ? [...context.exchange.markets.keys()].flatMap((symbol) => sidesOf(context.account, symbol))
    : openPositions(context.account)
  return shown.map((position) => {
    const row = positionRow(context, position, isOld)
    return { ...row, unrealizedProfit: row['unRealizedProfit'] ?? '0' }
  })
}

function accountRow(call: Call, isOld: boolean): Json {
  const { account } = call.context
  const assets = [...account.wallets.keys()].map((asset) => assetRow(call.context, asset))
  const main = assets.find((row) => row['asset'] === 'USDT') ?? {}
  const total = (name: string): Json => main[name] ?? '0'
  return {
    totalInitialMargin: total('initialMargin'),
    totalMaintMargin: total('maintMargin'),
    totalWalletBalance: total('walletBalance'),
    totalUnrealizedProfit: total('unrealizedProfit'),
    totalMarginBalance: total('marginBalance'),
    totalPositionInitialMargin: total('positionInitialMargin'),
    totalOpenOrderInitialMargin: '0',
    totalCrossWalletBalance: total('crossWalletBalance'),
    totalCrossUnPnl: total('crossUnPnl'),
    availableBalance: total('availableBalance'),
    maxWithdrawAmount: total('maxWithdrawAmount'),
    ...(isOld ? { feeTier: 0, canTrade: true, canDeposit: true, canWithdraw: true, updateTime: 0 } : {}),
    assets,
    positions: positionsOf(call, isOld),
  }
}

/** `GET v3/account`: only what is in use. */
export const account: Endpoint = (call) => accountRow(call, call.context.dialect === 'aster')

/** `GET v2/account`: every symbol. */
export const oldAccount: Endpoint = (call) => accountRow(call, true)

/** `GET userTrades` */
export const userTrades: Endpoint = (call) => {
  const { context, params } = call
  const symbol = symbolOf(call)
  const fromId = params.text('fromId')
  const orderId = params.text('orderId')
  const own = context.account.trades.filter(
    (trade) =>
      trade.symbol === symbol &&
      (fromId === null || BigInt(trade.id) >= BigInt(fromId)) &&
      (orderId === null || trade.orderId === orderId),
  )
  const rows = fromId === null ? limited(own, params) : own.slice(0, params.integer('limit') ?? 500)
  return rows.map((trade) => tradeRow(trade, context.dialect, context.manners))
}

/** `GET income` */
export const income: Endpoint = ({ context, params }) => {
  const type = params.text('incomeType')
  const symbol = params.text('symbol')
  const rows = context.account.income.filter(
    (row) => (type === null || row.type === type) && (symbol === null || row.symbol === symbol),
  )
  return limited(rows, params).map((row) => ({
    symbol: row.symbol,
    incomeType: row.type,
    income: amountText(row.amount),
    asset: row.asset,
    info: row.type,
    time: row.time,
    tranId: BigInt(row.id),
    tradeId: row.tradeId,
  }))
}

/** `GET symbolConfig` */
export const symbolConfig: Endpoint = ({ context, params }) => {
  const { exchange, account: holder } = context
  const symbol = params.text('symbol')
  const symbols = [...exchange.markets.keys()].filter((name) => (symbol ?? name) === name)
  return symbols.map((name) => ({
    symbol: name,
    marginType: marginTypeOf(holder, name),
    isAutoAddMargin: false,
    leverage: leverageOf(holder, name),
    maxNotionalValue: amountText(largestAt(marketOf(exchange, name), leverageOf(holder, name))),
  }))
}

/** `GET accountConfig` */
export const accountConfig: Endpoint = ({ context }) => ({
  feeTier: 0,
  canTrade: true,
  canDeposit: true,
  canWithdraw: true,
  dualSidePosition: context.account.isHedge,
  updateTime: 0,
  multiAssetsMargin: false,
  tradeGroupId: -1,
})

/** `GET commissionRate` */
export const commissionRate: Endpoint = (call) => {
  const { maker, taker } = call.context.account.fees
  return {
    symbol: symbolOf(call),
    makerCommissionRate: formatPrice(asPrice(maker)),
    takerCommissionRate: priceText(asPrice(taker)),
    rpiCommissionRate: '0',
  }
}

/** `GET rateLimit/order` */
export const orderLimits: Endpoint = ({ context }) => {
  const { tenSeconds, minute } = context.meter.orderCounts()
  return [
    { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 300, count: tenSeconds },
    { rateLimitType: 'ORDERS', interval: 'MINUTE', intervalNum: 1, limit: 1200, count: minute },
  ]
}

/** `GET forceOrders`: what the venue closed by itself. */
export const forceOrders: Endpoint = ({ context, params }) => {
  const forced = [...context.account.orders.values()].filter(({ clientOrderId }) => /autoclose/.test(clientOrderId))
  return limited(forced, params).map((order) => queryRow(context.dialect, order))
}

/** `GET feeBurn` */
export const feeBurn: Endpoint = ({ context }) => ({ feeBurn: context.account.fees.other !== null })
