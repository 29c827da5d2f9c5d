import { type FillInput, type Money, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import type { OrderTradeUpdate } from '../wire/order-trade-update.js'
import type { UserTradeRow } from '../wire/user-trade-row.js'
import { fillKindOf, orderSideOf, positionSideOf } from './words.js'

/** Turns a commission as the venue writes it into a fee: positive = paid. */
export type FeeReading = (commission: string) => Money

/** Positive means paid already. */
export const paidIsPositive: FeeReading = parseMoney

/** For venues that contradict themselves about the sign: a fee is paid. A rebate would be misread. */
export function paidEitherWay(commission: string): Money {
  return parseMoney(commission.replace(/^-/, ''))
}

/** Whom a fill belongs to, beside what its message says. */
export interface FillOwner {
  readonly account: string
  /** Ours, where the message names another one or none. */
  readonly clientOrderId: string | null
  readonly readFee: FeeReading
}

/** Whether the message reports a trade. A closing message without quantity is none. */
export function isFill(update: OrderTradeUpdate): boolean {
  const isExecution = update.executionType === 'TRADE' || update.executionType === 'CALCULATED'
  return isExecution && parseQuantity(update.lastQuantity) > 0n
}

/** The trade a stream message reports. */
export function translateFillUpdate(update: OrderTradeUpdate, tradeId: string, owner: FillOwner): FillInput {
  const { commission, commissionAsset, realizedProfit } = update
  const isFree = commission === null || commissionAsset === null
  return {
    type: 'fill',
    id: `fill:${tradeId}`,
    time: update.transactionTime,
    account: owner.account,
    symbol: update.symbol,
    side: orderSideOf(update.side),
    positionSide: positionSideOf(update.positionSide),
    quantity: parseQuantity(update.lastQuantity),
    price: parsePrice(update.lastPrice),
    fee: isFree ? null : owner.readFee(commission),
    feeAsset: isFree ? null : commissionAsset,
    tradeId,
    orderId: update.orderId,
    clientOrderId: owner.clientOrderId,
    tranche: null,
    realizedPnl: realizedProfit === null ? null : parseMoney(realizedProfit),
    maker: update.isMaker,
    kind: fillKindOf(update.clientOrderId),
  }
}

/** The trade a history row reports. `venueClientId` is the order's client id at the venue, where it was looked up. */
export function translateUserTrade(row: UserTradeRow, venueClientId: string | null, owner: FillOwner): FillInput {
  return {
    type: 'fill',
    id: `fill:${row.id}`,
    time: row.time,
    account: owner.account,
    symbol: row.symbol,
    side: orderSideOf(row.side),
    positionSide: positionSideOf(row.positionSide),
    quantity: parseQuantity(row.qty),
    price: parsePrice(row.price),
    fee: row.commission === null ? null : owner.readFee(row.commission),
    feeAsset: row.commission === null ? null : row.commissionAsset,
    tradeId: row.id,
    orderId: row.orderId,
    clientOrderId: owner.clientOrderId,
    tranche: null,
    realizedPnl: row.realizedPnl === null ? null : parseMoney(row.realizedPnl),
    maker: row.maker,
    kind: fillKindOf(venueClientId),
  }
}
