import { parsePrice, parseQuantity } from '@tranchebook/core'
import { amendOrder } from '../../engine/amend-order.js'
import {
  cancelAllConditionals,
  cancelAllOrders,
  cancelConditional,
  cancelOrder,
  findConditional,
  findOrder,
  type OrderName,
} from '../../engine/cancel-order.js'
import { type ConditionalOrder, waitsForTrigger } from '../../engine/order.js'
import { placeConditional } from '../../engine/place-conditional.js'
import { placeOrder } from '../../engine/place-order.js'
import type { Refusal } from '../../engine/refusal.js'
import type { Call, Endpoint } from '../context.js'
import { type Params, paramsOf } from '../params.js'
import { missing, RequestRefusal } from '../request-refusal.js'
import type { Json } from '../wire/json-text.js'
import { queryRow, replyRow, waitingRow } from '../wire/order-rows.js'
import { orderTerms, symbolOf } from './order-terms.js'

function isRefusal(answer: { readonly type: string }): answer is Refusal {
  return answer.type === 'refused'
}

/** What the engine has accepted. @throws {RequestRefusal} what it has refused, in the venue's words. */
export function accepted<Answer extends { readonly type: string }>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) throw new RequestRefusal(answer.code, answer.message)
  return answer
}

/** `POST order` */
export const newOrder: Endpoint = (call) => {
  const { context } = call
  const { exchange, account, dialect } = context
  const spec = orderTerms(call)
  if (!waitsForTrigger(spec.type)) return replyRow(dialect, accepted(placeOrder(exchange, account.id, spec)).order)
  if (dialect === 'binance') {
    const advice = 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.'
    throw new RequestRefusal(-4120, advice)
  }
  return waitingRow(accepted(placeConditional(exchange, account.id, spec)).order)
}

/** `POST order/test`: looked at, never placed. */
export const testOrder: Endpoint = (call) => {
  orderTerms(call)
  return {}
}

/** The id or client id that names an order. @throws {RequestRefusal} −1102 */
function orderName(params: Params): OrderName {
  const id = params.text('orderId')
  const clientOrderId = params.text('origClientOrderId')
  if (id !== null) return { id }
  if (clientOrderId !== null) return { clientOrderId }
  throw missing('orderId')
}

/** A waiting order, where such orders are ordinary ones. */
function waitingOrder({ context }: Call, name: OrderName): ConditionalOrder | null {
  return context.exchange.behaviour.conditionalStyle === 'ordinary' ? findConditional(context.account, name) : null
}

/** `DELETE order` */
export const cancelOneOrder: Endpoint = (call) => {
  const { context, params } = call
  const { exchange, account, dialect } = context
  const name = orderName(params)
  const symbol = symbolOf(call)
  const waiting = waitingOrder(call, name)
  if (waiting?.status === 'NEW') return waitingRow(accepted(cancelConditional(exchange, account.id, name)).order)
  return replyRow(dialect, accepted(cancelOrder(exchange, account.id, { symbol, name })).order)
}

/** `GET order`; for a while it may not be found although it is there. */
export const getOrder: Endpoint = (call) => {
  const { context, params } = call
  const name = orderName(params)
  const order = findOrder(context.account, symbolOf(call), name)
  if (order !== null) return queryRow(context.dialect, order)
  const waiting = waitingOrder(call, name)
  if (waiting !== null) return waitingRow(waiting)
  throw new RequestRefusal(-2013, 'Order does not exist.')
}

/** `PUT order` */
export const modifyOrder: Endpoint = (call) => {
  const { context, params } = call
  const price = params.decimal('price', parsePrice)
  const quantity = params.decimal('quantity', parseQuantity)
  if (price === null) throw missing('price')
  if (quantity === null) throw missing('quantity')
  const terms = { symbol: symbolOf(call), name: orderName(params), price, quantity }
  return replyRow(context.dialect, accepted(amendOrder(context.exchange, context.account.id, terms)).order)
}

/** `GET openOrders` */
export const openOrders: Endpoint = ({ context, params }) => {
  const symbol = params.text('symbol')
  const isWanted = (order: { readonly spec: { readonly symbol: string } }): boolean =>
    symbol === null || order.spec.symbol === symbol
  const live = [...context.account.live.values()].filter(isWanted).map((order) => queryRow(context.dialect, order))
  if (context.exchange.behaviour.conditionalStyle === 'separate') return live
  return [...live, ...[...context.account.waiting.values()].filter(isWanted).map(waitingRow)]
}

/** `GET openOrder` */
export const openOrder: Endpoint = (call) => {
  const { account } = call.context
  const name = orderName(call.params)
  const order = findOrder(account, symbolOf(call), name)
  const waiting = waitingOrder(call, name)
  if (order !== null && account.live.has(order.id)) return queryRow(call.context.dialect, order)
  if (waiting !== null && account.waiting.has(waiting.id)) return waitingRow(waiting)
  throw new RequestRefusal(-2013, 'Order does not exist.')
}

const MOST_ROWS = 1_000
const USUAL_ROWS = 500

/** Rows of the time and number asked for, oldest first. */
export function limited<Value extends { readonly createTime?: number; readonly time?: number }>(
  rows: readonly Value[],
  params: Params,
): readonly Value[] {
  const start = params.integer('startTime') ?? 0
  const end = params.integer('endTime') ?? Number.MAX_SAFE_INTEGER
  const limit = Math.min(params.integer('limit') ?? USUAL_ROWS, MOST_ROWS)
  const timeOf = (row: Value): number => row.createTime ?? row.time ?? 0
  const within = rows.filter((row) => timeOf(row) >= start && timeOf(row) <= end)
  return params.text('startTime') === null ? within.slice(-limit) : within.slice(0, limit)
}

/** `GET allOrders` */
export const allOrders: Endpoint = ({ context, params }) => {
  const symbol = params.text('symbol')
  const from = BigInt(params.text('orderId') ?? '0')
  const { account, dialect } = context
  const orders = [...account.orders.values()].filter((order) => symbol === null || order.spec.symbol === symbol)
  return limited(orders, params)
    .filter((order) => BigInt(order.id) >= from)
    .map((order) => queryRow(dialect, order))
}

/** `DELETE allOpenOrders` */
export const cancelAllOpen: Endpoint = (call) => {
  const { exchange, account, dialect } = call.context
  const symbol = symbolOf(call)
  cancelAllOrders(exchange, account.id, symbol)
  if (exchange.behaviour.conditionalStyle === 'ordinary') cancelAllConditionals(exchange, account.id, symbol)
  const msg = 'The operation of cancel all open order is done.'
  return { code: dialect === 'aster' ? '200' : 200, msg }
}

function listOf(text: string, name: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw missing(name)
}

/** Each on its own: what one is refused for does not touch the others. */
function eachOf(list: readonly Params[], call: Call, run: Endpoint): Json {
  return list.map((params): Json => {
    try {
      return run({ ...call, params })
    } catch (error) {
      if (error instanceof RequestRefusal) return error.body
      throw error
    }
  })
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

const MOST_IN_BATCH = 5

function batchOf({ params }: Call): readonly Params[] {
  const list = listOf(params.need('batchOrders'), 'batchOrders')
  if (list.length > MOST_IN_BATCH || list.length === 0)
    throw new RequestRefusal(-4082, 'Invalid number of batch place orders.')
  return list.filter(isObject).map(paramsOf)
}

/** `POST batchOrders` */
export const newBatch: Endpoint = (call) => eachOf(batchOf(call), call, newOrder)

/** `PUT batchOrders` */
export const modifyBatch: Endpoint = (call) => eachOf(batchOf(call), call, modifyOrder)

/** Ids keep all their digits: a list of them is split as text. */
function idsOf(params: Params): readonly { readonly name: string; readonly value: string }[] {
  const ids = params.text('orderIdList')
  if (ids !== null) {
    return ids
      .replaceAll(/[[\]"\s]/g, '')
      .split(',')
      .map((value) => ({ name: 'orderId', value }))
  }
  const names = listOf(params.need('origClientOrderIdList'), 'origClientOrderIdList')
  return names.map((value) => ({ name: 'origClientOrderId', value: String(value) }))
}

/** `DELETE batchOrders` */
export const cancelBatch: Endpoint = (call) => {
  const symbol = symbolOf(call)
  const list = idsOf(call.params).map(({ name, value }) => paramsOf({ symbol, [name]: value }))
  return eachOf(list, call, cancelOneOrder)
}

/** `POST countdownCancelAll` */
export const countdown: Endpoint = (call) => {
  const { context, params } = call
  const symbol = symbolOf(call)
  const countdownTime = params.need('countdownTime')
  context.countdowns.get(symbol)?.()
  context.countdowns.delete(symbol)
  const delayMs = Number(countdownTime)
  if (delayMs > 0) {
    const { exchange, account } = context
    const stop = context.clock.schedule(delayMs, () => {
      cancelAllOrders(exchange, account.id, symbol)
      if (exchange.behaviour.countdownCancelsConditionals) cancelAllConditionals(exchange, account.id, symbol)
    })
    context.countdowns.set(symbol, stop)
  }
  return { symbol, countdownTime }
}

/** `POST noop`: the nonce it was signed with is used up, so that a request in flight cannot land any more. */
export const noop: Endpoint = () => ({ code: 200, msg: 'success' })
