import { groupBatches, inOrderOf, sendBatches } from '../fapi/batches.js'
import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, settled } from '../fapi/write-outcome.js'
import { elementVerdict } from '../fapi/write-session.js'
import type { OrderRef } from '../venue/order-request.js'
import type { RefusalReason, WriteResult } from '../venue/write-result.js'
import type { AsterSession } from './aster-session.js'
import { isListRefused } from './batch-signature.js'
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

/** An order that is not on its way any more. */
export async function cancelLanded(session: AsterSession, order: OrderRef): Promise<WriteResult> {
  const verdict = await session.entry.send(cancelOrderRequest(session.version, cancelTerms(order)))
  return settled(verdict, (body) => readCancelled(session, order, body))
}

/** Refusals of the guard and not of the cancel: a nonce that is too old or used up, a call or a code nobody knows. */
const GUARD_REFUSED: readonly RefusalReason[] = ['clock', 'invalid', 'other']

/**
 * An order that may still be on its way: its nonce is used up first, then it is cancelled in case it has landed. A nonce that the venue
 * takes no more lets nothing land either: what has landed by then is cancelled like any other order.
 */
async function cancelInFlight(session: AsterSession, order: OrderRef, nonce: string): Promise<WriteResult> {
  await session.api.send(noopRequest(nonce))
  const verdict = await session.entry.send(guardedCancelRequest(cancelTerms(order), nonce))
  const result = settled(verdict, (body) => readCancelled(session, order, body))
  if (result.outcome === 'acknowledged' || (result.outcome === 'refused' && result.reason === 'clock'))
    session.doubtful.delete(order.clientOrderId)
  return result.outcome === 'refused' && GUARD_REFUSED.includes(result.reason) ? cancelLanded(session, order) : result
}

/** One order of any kind. */
export async function cancel(session: AsterSession, order: OrderRef): Promise<WriteResult> {
  const nonce = session.doubtful.get(order.clientOrderId)
  return nonce === undefined ? cancelLanded(session, order) : cancelInFlight(session, order, nonce)
}

async function cancelBatch(session: AsterSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const [first] = orders
  if (first === undefined) return []
  if (orders.length === 1) return [await cancel(session, first)]
  const priority = orders.some((order) => order.isProtection) ? 'protection' : 'ordinary'
  const terms = { symbol: first.symbol, clientOrderIds: orders.map((order) => order.clientOrderId), priority } as const
  const verdict = await session.api.send(cancelOrderBatchRequest(session.version, terms))
  if (isListRefused(verdict)) return Promise.all(orders.map((order) => cancelLanded(session, order)))
  const elements = verdict.outcome === 'done' && Array.isArray(verdict.body) ? verdict.body : null
  return orders.map((order, index) =>
    settled(elements === null ? verdict : elementVerdict(session, elements[index]), (body) =>
      readCancelled(session, order, body),
    ),
  )
}

/** Orders of a symbol together, those in doubt each by itself; results in the order of the request. */
export async function cancelMany(session: AsterSession, orders: readonly OrderRef[]): Promise<readonly WriteResult[]> {
  const isInDoubt = ({ clientOrderId }: OrderRef): boolean => session.doubtful.has(clientOrderId)
  const batches = groupBatches(orders, {
    most: MAX_BATCH_CANCEL,
    fits: (one, other) => one.symbol === other.symbol && !isInDoubt(one) && !isInDoubt(other),
  })
  return inOrderOf(orders, await sendBatches(batches, (batch) => cancelBatch(session, batch)))
}

/** All orders of the symbol, conditional ones too. */
export async function cancelAll(session: AsterSession, symbol: string): Promise<WriteResult> {
  const verdict = await session.api.send(cancelAllOrdersRequest(session.version, symbol))
  return settled(verdict, () => acknowledged({ clientOrderId: `all of ${symbol}`, venueOrderId: null }, null))
}
