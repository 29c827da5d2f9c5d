import { orderInput } from '@tranchebook/core'
import { groupBatches, inOrderOf, sendBatches } from '../fapi/batches.js'
import { translateOrderRow } from '../fapi/translate/order-row.js'
import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, settled, worstOf } from '../fapi/write-outcome.js'
import { elementVerdict, type WriteSession } from '../fapi/write-session.js'
import type { RequestPriority } from '../transport/rate-budget.js'
import { isConditional, type OrderRef } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { MAX_BATCH_CANCEL } from './constants.js'
import { findAlgo } from './find-order.js'
import { cancelAlgoOrderRequest } from './wire/cancel-algo-order.js'
import { cancelAllAlgoOrdersRequest } from './wire/cancel-all-algo-orders.js'
import { cancelAllOrdersRequest } from './wire/cancel-all-orders.js'
import { cancelOrderBatchRequest } from './wire/cancel-order-batch.js'
import { cancelOrderRequest, type OrderId } from './wire/cancel-order.js'

function priorityOf({ isProtection }: OrderRef): RequestPriority {
  return isProtection ? 'protection' : 'ordinary'
}

function readCancelled(session: WriteSession, order: OrderRef, body: unknown): WriteResult {
  const row = parseOrderRow(body)
  const { clientOrderId, venueOrderId } = order
  const isChild = isConditional(order.orderType)
  const report = translateOrderRow(row, session.account)
  const own = isChild ? { ...report, clientOrderId, orderId: venueOrderId, childOrderId: row.orderId } : report
  return acknowledged({ clientOrderId, venueOrderId: venueOrderId ?? row.orderId }, orderInput(own))
}

async function cancelOrdinary(session: WriteSession, order: OrderRef, id: OrderId): Promise<WriteResult> {
  const verdict = await session.entry.send(cancelOrderRequest(order.symbol, id, priorityOf(order)))
  return settled(verdict, (body) => readCancelled(session, order, body))
}

/** It waits no more: perhaps it has triggered, and its child can still be cancelled. */
async function cancelChild(session: WriteSession, order: OrderRef, refusal: WriteResult): Promise<WriteResult> {
  try {
    const row = await findAlgo(session, order.clientOrderId)
    if (row?.actualOrderId == null) return refusal
    return await cancelOrdinary(session, order, { orderId: row.actualOrderId })
  } catch {
    return refusal
  }
}

async function cancelConditional(session: WriteSession, order: OrderRef): Promise<WriteResult> {
  const childOrderId = order.childOrderId ?? session.registry.byClientId(order.clientOrderId)?.childOrderId ?? null
  if (childOrderId !== null) return cancelOrdinary(session, order, { orderId: childOrderId })
  const verdict = await session.entry.send(cancelAlgoOrderRequest(order.clientOrderId, priorityOf(order)))
  const { clientOrderId, venueOrderId, symbol } = order
  const result = settled(verdict, () => {
    const news = { account: session.account, symbol, clientOrderId, time: session.serverClock.now() }
    return acknowledged(order, orderInput({ ...news, status: 'cancelled', orderId: venueOrderId }))
  })
  return result.outcome === 'refused' && result.reason === 'unknown-order'
    ? cancelChild(session, order, result)
    : result
}

/** One order, wherever it lives now. */
export function cancel(session: WriteSession, order: OrderRef): Promise<WriteResult> {
  if (isConditional(order.orderType)) return cancelConditional(session, order)
  return cancelOrdinary(session, order, { origClientOrderId: order.clientOrderId })
}

async function cancelBatch(session: WriteSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const [first] = orders
  if (first === undefined) return []
  if (orders.length === 1) return [await cancel(session, first)]
  const priority = orders.some((order) => order.isProtection) ? 'protection' : 'ordinary'
  const ids = orders.map((order) => order.clientOrderId)
  const verdict = await session.api.send(cancelOrderBatchRequest(first.symbol, ids, priority))
  const elements = verdict.outcome === 'done' && Array.isArray(verdict.body) ? verdict.body : null
  return orders.map((order, index) => {
    const own = elements === null ? verdict : elementVerdict(session, elements[index])
    return settled(own, (body) => readCancelled(session, order, body))
  })
}

/** Ordinary orders of a symbol together, conditional ones each by itself; results in the order of the request. */
export async function cancelMany(session: WriteSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const isAlone = ({ orderType }: OrderRef): boolean => isConditional(orderType)
  const batches = groupBatches(orders, {
    most: MAX_BATCH_CANCEL,
    fits: (one, other) => one.symbol === other.symbol && !isAlone(one) && !isAlone(other),
  })
  return inOrderOf(orders, await sendBatches(batches, (batch) => cancelBatch(session, batch)))
}

/** Both id spaces: neither call touches the other's orders. */
export async function cancelAll(session: WriteSession, symbol: string): Promise<WriteResult> {
  const all = { clientOrderId: `all of ${symbol}`, venueOrderId: null }
  const [ordinary, conditional] = await Promise.all([
    session.api.send(cancelAllOrdersRequest(symbol)),
    session.api.send(cancelAllAlgoOrdersRequest(symbol)),
  ])
  const results = [ordinary, conditional].map((verdict) => settled(verdict, () => acknowledged(all, null)))
  return results.reduce(worstOf)
}
