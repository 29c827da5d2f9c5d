import { parsePrice } from '@tranchebook/core'
import { problemOf } from '../fapi/check-request.js'
import { submitSound } from '../fapi/submit-sound.js'
import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, invalid, settled, TRIGGER_MISMATCH, triggerMismatch } from '../fapi/write-outcome.js'
import { elementVerdict, noteRequest, priorityOf, refOf, settledByLook } from '../fapi/write-session.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { Verdict } from '../transport/verdict.js'
import type { OrderRequest } from '../venue/order-request.js'
import type { Unknown, WriteResult } from '../venue/write-result.js'
import type { AsterSession } from './aster-session.js'
import { isListRefused } from './batch-signature.js'
import { cancelLanded } from './cancel.js'
import { MAX_BATCH_SUBMIT } from './constants.js'
import { termsOf } from './order-terms.js'
import { noteRow, reportOf } from './translate/order-report.js'
import { newOrderBatchRequest } from './wire/new-order-batch.js'
import { newOrderRequest } from './wire/new-order.js'

function readOrder(session: AsterSession, request: OrderRequest, body: unknown): WriteResult {
  const row = parseOrderRow(body)
  const { clientOrderId, triggerPrice, orderType } = request.terms
  if (row.clientOrderId !== clientOrderId) {
    return {
      outcome: 'unknown',
      code: null,
      message: `the answer is about another order than ${clientOrderId}`,
    }
  }
  noteRow(session.registry, row)
  const isPlainTrigger = triggerPrice !== null && orderType !== 'TRAILING_STOP_MARKET'
  if (isPlainTrigger && row.stopPrice !== null && parsePrice(row.stopPrice) !== parsePrice(triggerPrice)) {
    return {
      outcome: 'unknown',
      code: TRIGGER_MISMATCH,
      message: `the venue took trigger price ${row.stopPrice} instead of ${triggerPrice}`,
    }
  }
  return acknowledged({ clientOrderId, venueOrderId: row.orderId }, reportOf(row, session.account))
}

/** A stop at another trigger price than the one asked for is no protection: a look would find it and count on it. */
async function withdraw(session: AsterSession, request: OrderRequest, found: Unknown): Promise<WriteResult> {
  const cancelled = await cancelLanded(session, refOf(request))
  return triggerMismatch(found.message, cancelled.outcome === 'acknowledged')
}

async function resultOf(session: AsterSession, request: OrderRequest, verdict: Verdict): Promise<WriteResult> {
  const result =
    (await settledByLook(session, request, verdict)) ?? settled(verdict, (body) => readOrder(session, request, body))
  const isMismatch = result.outcome === 'unknown' && result.code === TRIGGER_MISMATCH
  return isMismatch ? withdraw(session, request, result) : result
}

/** While nobody knows what became of an order, its nonce is kept: a guarded cancel needs it. */
function keepNonce(
  session: AsterSession,
  sent: ApiRequest,
  results: readonly (readonly [OrderRequest, WriteResult])[],
): void {
  const nonce = session.nonceOf(sent)
  for (const [{ terms }, { outcome }] of results) {
    if (outcome === 'unknown' && nonce !== null) session.doubtful.set(terms.clientOrderId, nonce)
  }
}

async function submitOne(session: AsterSession, request: OrderRequest): Promise<WriteResult> {
  noteRequest(session, request)
  const sent = newOrderRequest(session.version, termsOf(request), priorityOf(request))
  const result = await resultOf(session, request, await session.entry.send(sent))
  keepNonce(session, sent, [[request, result]])
  return result
}

/** One order of any kind. */
export function submit(session: AsterSession, request: OrderRequest): Promise<WriteResult> {
  const problem = problemOf(request)
  return problem === null ? submitOne(session, request) : Promise.resolve(invalid(problem))
}

async function submitBatch(session: AsterSession, requests: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
  const [first] = requests
  if (first === undefined) return []
  if (requests.length === 1) return [await submitOne(session, first)]
  for (const request of requests) noteRequest(session, request)
  const sent = newOrderBatchRequest(session.version, requests.map(termsOf), priorityOf(first))
  const verdict = await session.api.send(sent)
  if (isListRefused(verdict)) return Promise.all(requests.map((request) => submitOne(session, request)))
  const elements = verdict.outcome === 'done' && Array.isArray(verdict.body) ? verdict.body : null
  const results = await Promise.all(
    requests.map((request, index) =>
      resultOf(session, request, elements === null ? verdict : elementVerdict(session, elements[index])),
    ),
  )
  keepNonce(
    session,
    sent,
    requests.flatMap((request, index) => {
      const result = results[index]
      return result === undefined ? [] : [[request, result] as const]
    }),
  )
  return results
}

/** In batches of one priority; results in the order of the request. */
export function submitMany(session: AsterSession, requests: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
  return submitSound(requests, {
    most: MAX_BATCH_SUBMIT,
    fits: () => true,
    send: (batch) => submitBatch(session, batch),
  })
}
