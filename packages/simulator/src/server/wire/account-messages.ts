import { asQuantity, formatQuantity, notional } from '@tranchebook/core'
import type { AccountChanged, EngineEvent, OrderChanged } from '../../engine/events.js'
import type { SimulatedOrder } from '../../engine/order.js'
import type { Dialect } from '../context.js'
import { algoMessage, type Reader, waitingMessage } from './conditional-messages.js'
import { amountText, averageOf, averageText, percentText, priceText } from './figures.js'
import type { Json } from './json-text.js'
import type { Row } from './order-rows.js'

function tradeFields({ trade }: OrderChanged): Row {
  if (trade === null) return { l: '0', L: '0', n: '0', N: 'USDT', t: 0, m: false, rp: '0' }
  return {
    l: formatQuantity(trade.quantity),
    L: priceText(trade.price),
    n: amountText(trade.fee),
    N: trade.feeAsset,
    t: BigInt(trade.id),
    m: trade.maker,
    rp: amountText(trade.realizedPnl),
  }
}

function openNotional(order: Readonly<SimulatedOrder>, side: 'BUY' | 'SELL'): string {
  const isOpen = order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
  if (order.spec.side !== side || order.price === null || !isOpen) return '0'
  return amountText(notional(order.price, asQuantity(order.quantity - order.executed)))
}

function newerFields({ order, expiryReason }: OrderChanged): Row {
  const { priceProtect, selfTradeMode, goodTillTime } = order.spec
  return {
    pP: priceProtect,
    si: 0,
    ss: 0,
    V: selfTradeMode,
    pm: 'NONE',
    gtd: goodTillTime,
    er: expiryReason.toString(),
  }
}

/** An `ORDER_TRADE_UPDATE`. */
function orderMessage(event: OrderChanged, { dialect }: Reader): Json {
  const { order, execution, time } = event
  const { spec } = order
  const trailing =
    spec.callbackRate === null ? {} : { AP: priceText(spec.activationPrice), cr: percentText(spec.callbackRate) }
  const fields = {
    s: spec.symbol,
    c: order.clientOrderId,
    S: spec.side,
    o: order.type,
    f: spec.timeInForce,
    q: formatQuantity(order.quantity),
    p: priceText(order.price),
    ap: priceText(averageOf(order)),
    sp: priceText(spec.triggerPrice),
    x: execution,
    X: order.status,
    i: BigInt(order.id),
    z: formatQuantity(order.executed),
    ...tradeFields(event),
    T: time,
    b: openNotional(order, 'BUY'),
    a: openNotional(order, 'SELL'),
    R: order.reduceOnly || isClosing(order),
    wt: spec.workingType,
    ot: order.originalType,
    ps: spec.positionSide,
    cp: spec.closePosition,
    ...trailing,
    ...(dialect === 'binance' ? newerFields(event) : {}),
  }
  return { e: 'ORDER_TRADE_UPDATE', T: time, E: time, o: fields }
}

function isClosing({ spec }: Readonly<SimulatedOrder>): boolean {
  if (spec.positionSide === 'BOTH') return false
  return spec.positionSide === 'LONG' ? spec.side === 'SELL' : spec.side === 'BUY'
}

/** The end under the old type that some venues tell before a triggered order lives on under the same id. */
function expiredMessage(message: Json, event: OrderChanged): Json {
  const { o } = message as { readonly o: Row }
  const fields = { ...o, o: event.order.originalType, x: 'EXPIRED', X: 'EXPIRED' }
  return { e: 'ORDER_TRADE_UPDATE', T: event.time, E: event.time, o: fields }
}

/** A `TRADE_LITE`. */
function liteMessage({ order, trade, time }: OrderChanged): readonly Json[] {
  if (trade === null) return []
  const { symbol, side } = order.spec
  const fill = {
    L: priceText(trade.price),
    l: formatQuantity(trade.quantity),
    t: BigInt(trade.id),
    i: BigInt(order.id),
  }
  const asked = { q: formatQuantity(order.quantity), p: priceText(order.price), m: trade.maker }
  return [{ e: 'TRADE_LITE', E: time, T: time, s: symbol, ...asked, c: order.clientOrderId, S: side, ...fill }]
}

function orderMessages(event: OrderChanged, reader: Reader): readonly Json[] {
  const message = orderMessage(event, reader)
  if (reader.dialect === 'binance') return [...liteMessage(event), message]
  const isTriggered = event.execution === 'NEW' && event.order.parentId === event.order.id
  const isTold = isTriggered && reader.behaviour.ordinaryTrigger === 'expiredThenNew'
  return isTold ? [expiredMessage(message, event), message] : [message]
}

/** An `ACCOUNT_UPDATE`. */
function accountMessage(event: AccountChanged, { dialect }: Reader): Json {
  const isNew = dialect === 'binance'
  const balances = event.balances.map(({ asset, wallet, crossWallet, change }) => ({
    a: asset,
    wb: amountText(wallet),
    cw: amountText(crossWallet),
    bc: amountText(change),
  }))
  const positions = event.positions.map((line) => ({
    s: line.symbol,
    pa: formatQuantity(line.amount),
    ep: averageText(line),
    cr: amountText(line.realized),
    up: amountText(line.unrealized),
    mt: line.marginType === 'ISOLATED' ? 'isolated' : 'cross',
    iw: amountText(line.isolatedWallet),
    ps: line.positionSide,
    ...(isNew ? { ma: line.marginAsset, bep: averageText(line) } : {}),
  }))
  const symbol = isNew && event.symbol !== null ? { S: event.symbol } : {}
  return {
    e: 'ACCOUNT_UPDATE',
    T: event.time,
    E: event.time,
    a: { B: balances, P: positions, m: event.reason, ...symbol },
  }
}

function modeMessage(event: { readonly time: number; readonly isHedge: boolean }, dialect: Dialect): readonly Json[] {
  if (dialect === 'binance') return []
  return [{ e: 'ACCOUNT_CONFIG_UPDATE', E: event.time, T: event.time, ai: { j: false, f: false, d: event.isHedge } }]
}

/** What the account's stream says when something happens. Empty = nothing. */
export function accountMessages(event: EngineEvent, reader: Reader): readonly Json[] {
  if (!('account' in event) || event.account !== reader.account.id) return []
  switch (event.type) {
    case 'order':
      return orderMessages(event, reader)
    case 'conditional':
      return reader.behaviour.conditionalStyle === 'separate'
        ? [algoMessage(event, reader)]
        : waitingMessage(event.order, event.time)
    case 'account':
      return [accountMessage(event, reader)]
    case 'leverage': {
      const { time, symbol, leverage } = event
      return [{ e: 'ACCOUNT_CONFIG_UPDATE', E: time, T: time, ac: { s: symbol, l: leverage } }]
    }
    case 'mode':
      return modeMessage(event, reader.dialect)
    case 'marginCall':
      return [{ e: 'MARGIN_CALL', E: event.time, p: event.symbols.map((symbol) => ({ s: symbol })) }]
    default:
      return event satisfies never
  }
}
