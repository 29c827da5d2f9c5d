import { formatQuantity, NO_QUANTITY } from '@tranchebook/core'
import type { Account } from '../../engine/account.js'
import type { Behaviour } from '../../engine/behaviour.js'
import type { ConditionalChanged } from '../../engine/events.js'
import type { ConditionalOrder } from '../../engine/order.js'
import type { Dialect } from '../context.js'
import { childIdText } from './algo-rows.js'
import { averageOf, percentText, priceText } from './figures.js'
import type { Json } from './json-text.js'

/** For whom messages are written. */
export interface Reader {
  readonly dialect: Dialect
  readonly behaviour: Behaviour
  readonly account: Account
}

/** An `ALGO_UPDATE`. */
export function algoMessage({ order, child, time }: ConditionalChanged, { behaviour }: Reader): Json {
  const { spec } = order
  const isTriggered = order.status === 'TRIGGERED' || order.status === 'FINISHED'
  const result = {
    ap: child === null ? '0' : priceText(averageOf(child)),
    aq: child === null ? '0' : formatQuantity(child.executed),
    act: spec.price === null ? 'MARKET' : 'LIMIT',
  }
  const fields = {
    caid: order.clientOrderId,
    aid: BigInt(order.id),
    at: 'CONDITIONAL',
    o: spec.type,
    s: spec.symbol,
    S: spec.side,
    ps: spec.positionSide,
    f: spec.timeInForce,
    q: formatQuantity(spec.quantity ?? NO_QUANTITY),
    X: order.status,
    ai: order.status === 'TRIGGERING' ? '' : childIdText(behaviour, order),
    ...(isTriggered ? result : {}),
    tp: priceText(spec.triggerPrice),
    p: priceText(spec.price),
    V: spec.selfTradeMode,
    wt: spec.workingType,
    pm: 'NONE',
    cp: spec.closePosition,
    pP: spec.priceProtect,
    R: spec.reduceOnly || spec.closePosition,
    tt: order.triggerTime,
    gtd: spec.goodTillTime,
    ...(order.reason === null ? {} : { rm: order.reason }),
    ia: order.extreme !== null,
  }
  return { e: 'ALGO_UPDATE', T: time, E: time, o: fields }
}

const PLAIN_EXECUTION: Readonly<Record<string, string>> = {
  NEW: 'NEW',
  CANCELED: 'CANCELED',
  EXPIRED: 'EXPIRED',
  REJECTED: 'EXPIRED',
}

/** A waiting order's news, where it is an ordinary one. */
export function waitingMessage(order: Readonly<ConditionalOrder>, time: number): readonly Json[] {
  const execution = PLAIN_EXECUTION[order.status]
  if (execution === undefined) return []
  const { spec } = order
  const trailing =
    spec.callbackRate === null ? {} : { AP: priceText(spec.activationPrice), cr: percentText(spec.callbackRate) }
  const fields = {
    s: spec.symbol,
    c: order.clientOrderId,
    S: spec.side,
    o: spec.type,
    f: spec.timeInForce,
    q: formatQuantity(spec.quantity ?? NO_QUANTITY),
    p: priceText(spec.price),
    ap: '0',
    sp: priceText(spec.triggerPrice),
    x: execution,
    X: execution,
    i: BigInt(order.id),
    l: '0',
    z: '0',
    L: '0',
    T: time,
    t: 0,
    b: '0',
    a: '0',
    m: false,
    R: spec.reduceOnly || spec.closePosition,
    wt: spec.workingType,
    ot: spec.type,
    ps: spec.positionSide,
    cp: spec.closePosition,
    rp: '0',
    ...trailing,
  }
  return [{ e: 'ORDER_TRADE_UPDATE', T: time, E: time, o: fields }]
}
