import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, settled } from '../fapi/write-outcome.js'
import { elementVerdict } from '../fapi/write-session.js'
import type { OrderRef } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import type { AsterSession } from './aster-session.js'
import { MAX_BATCH_CANCEL } from './constants.js'
import { noteRow, reportOf } from './translate/order-report.js'
import { cancelAllOrdersRequest } from './wire/cancel-all-orders.js'
import { cancelOrderBatchRequest } from './wire/cancel-order-batch.js'
import { cancelOrderRequest, type CancelTerms } from './wire/cancel-order.js'
import { guardedCancelRequest } from './wire/guarded-cancel.js'
import { noopRequest } from './wire/noop.js'

function readCancelled(session: AsterSession, order: OrderRef, body: unknown): WriteResult {
  const row = parseOrderRow(body)
  noteRow(session.registry, row)
  return acknowledged({ clientOrderId: order.clientOrderId, venueOrderId: row.orderId }, reportOf(row, session.account))
}

function cancelTerms({ symbol, clientOrderId, isProtection }: OrderRef): CancelTerms {
  return { symbol, origClientOrderId: clientOrderId, priority: isProtection ? 'protection' : 'ordinary' }
}

/** An order that may still be on its way: its nonce is used up first, then it is cancelled in case it has landed. */
async function cancelInFlight(session: AsterSession, order: OrderRef, nonce: string): Promise<WriteResult> {
  await session.api.send(noopRequest(nonce))
  const verdict = await session.entry.send(guardedCancelRequest(cancelTerms(order), nonce))
  const result = settled(verdict, (body) => readCancelled(session, order, body))
  if (result.outcome === 'acknowledged') session.doubtful.delete(order.clientOrderId)
  return result
}

/** One order of any kind. */
export async function cancel(session: AsterSession, order: OrderRef): Promise<WriteResult> {
  const nonce = session.doubtful.get(order.clientOrderId)
  if (nonce !== undefined) return cancelInFlight(session, order, nonce)
  const verdict = await session.entry.send(cancelOrderRequest(session.version, cancelTerms(order)))
  return settled(verdict, (body) => readCancelled(session, order, body))
}

async function cancelBatch(session: AsterSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const [first] = orders
  if (first === undefined) return []
  if (orders.length === 1) return [await cancel(session, first)]
  const priority = orders.some((order) => order.isProtection) ? 'protection' : 'ordinary'
  const terms = { symbol: first.symbol, clientOrderIds: orders.map((order) => order.clientOrderId), priority } as const
  const verdict = await session.api.send(cancelOrderBatchRequest(session.version, terms))
  const elements = verdict.outcome === 'done' && Array.isArray(verdict.body) ? verdict.body : null
  return orders.map((order, index) =>
    settled(elements === null ? verdict : elementVerdict(session, elements[index]), (body) =>
      readCancelled(session, order, body),
    ),
  )
}

function batchesOf(session: AsterSession, orders: readonly OrderRef[]): readonly (readonly OrderRef[])[] {
  const batches: OrderRef[][] = []
  for (const order of orders) {
    const isAlone = session.doubtful.has(order.clientOrderId)
    const open = isAlone
      ? undefined
      : batches.find(
          (batch) =>
            batch.length < MAX_BATCH_CANCEL &&
            batch.every((other) => other.symbol === order.symbol && !session.doubtful.has(other.clientOrderId)),
        )
    if (open === undefined) batches.push([order])
    else open.push(order)
  }
  return batches
}

/** Orders of a symbol together; results in the order of the request. */
export async function cancelMany(session: AsterSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const batches = batchesOf(session, orders)
  const answers = await Promise.all(batches.map((batch) => cancelBatch(session, batch)))
  const results = new Map(
    batches.flatMap((batch, at) => batch.map((order, index) => [order, answers[at]?.[index]] as const)),
  )
  return orders.map(
    (order) =>
      results.get(order) ?? { outcome: 'unknown', code: null, message: 'the batch answered nothing about this order' },
  )
}

/** All orders of the symbol, conditional ones too. */
export async function cancelAll(session: AsterSession, symbol: string): Promise<WriteResult> {
  const verdict = await session.api.send(cancelAllOrdersRequest(session.version, symbol))
  return settled(verdict, () => acknowledged({ clientOrderId: `all of ${symbol}`, venueOrderId: null }, null))
}
