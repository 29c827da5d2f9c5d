import { orderInput, parsePrice } from '@tranchebook/core'
import { acknowledged, settled, triggerMismatch } from '../fapi/write-outcome.js'
import { noteRequest, priorityOf, settledByLook, type WriteSession } from '../fapi/write-session.js'
import type { OrderRequest } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { noteAlgo } from './find-order.js'
import { algoTerms } from './order-terms.js'
import { algoRowNews } from './translate/algo-report.js'
import { type AlgoOrderRow, parseAlgoOrderRow } from './wire/algo-order-row.js'
import { cancelAlgoOrderRequest } from './wire/cancel-algo-order.js'
import { type NewAlgoOrderTerms, newAlgoOrderRequest } from './wire/new-algo-order.js'

/** The kinds that wait for a trigger. */
function algoTypeOf(request: OrderRequest): NewAlgoOrderTerms['type'] {
  const { orderType } = request.terms
  return orderType === 'STOP_MARKET' || orderType === 'TAKE_PROFIT_MARKET' ? orderType : 'TRAILING_STOP_MARKET'
}

/** Whether the venue took over the trigger price. An order with another one, or with none, would never fire. */
function hasTrigger(row: AlgoOrderRow, request: OrderRequest): boolean {
  const { orderType, triggerPrice } = request.terms
  if (orderType === 'TRAILING_STOP_MARKET' || triggerPrice === null) return true
  return row.triggerPrice !== null && parsePrice(row.triggerPrice) === parsePrice(triggerPrice)
}

async function withdraw(session: WriteSession, request: OrderRequest, row: AlgoOrderRow): Promise<WriteResult> {
  const { clientOrderId, triggerPrice } = request.terms
  const message = `the venue took trigger price ${row.triggerPrice ?? 'none'} instead of ${triggerPrice ?? 'none'}`
  const verdict = await session.entry.send(cancelAlgoOrderRequest(clientOrderId, 'protection'))
  const isCancelled = verdict.outcome === 'done'
  const known = session.registry.byClientId(clientOrderId)
  if (isCancelled && known !== null) session.registry.end(known)
  return triggerMismatch(message, isCancelled)
}

async function place(session: WriteSession, request: OrderRequest): Promise<WriteResult> {
  const { clientOrderId } = request.terms
  const verdict = await session.entry.send(
    newAlgoOrderRequest(algoTerms(request, algoTypeOf(request)), priorityOf(request)),
  )
  const looked = await settledByLook(session, request, verdict)
  if (looked !== null) return looked
  const placed: AlgoOrderRow[] = []
  const result = settled(verdict, (body) => {
    const row = parseAlgoOrderRow(body)
    if (row.clientAlgoId !== clientOrderId) {
      return {
        outcome: 'unknown',
        code: null,
        message: `the answer is about another order than ${clientOrderId}`,
      }
    }
    placed.push(row)
    noteAlgo(session, row)
    const news = algoRowNews(row, session.account)
    return acknowledged({ clientOrderId, venueOrderId: row.algoId }, news === null ? null : orderInput(news))
  })
  const wrong = placed.find((row) => !hasTrigger(row, request))
  return wrong === undefined ? result : withdraw(session, request, wrong)
}

/**
 * A conditional order: placed, and its trigger price compared with the one that was asked for. One that the venue has not taken is
 * forgotten: it would count for ever among those that an order nobody knows could be the child of.
 */
export async function submitAlgo(session: WriteSession, request: OrderRequest): Promise<WriteResult> {
  const { registry } = session
  noteRequest(session, request)
  const result = await place(session, request)
  const known = registry.byClientId(request.terms.clientOrderId)
  const isUntaken = result.outcome === 'refused' || result.outcome === 'not-sent'
  if (isUntaken && known?.venueOrderId === null) registry.forget(known)
  return result
}
