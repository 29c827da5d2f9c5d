import type { ApiSession } from '../fapi/api-session.js'
import { problemOf } from '../fapi/check-request.js'
import { submitSound } from '../fapi/submit-sound.js'
import { translateOrderRow } from '../fapi/translate/order-row.js'
import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, invalid, settled } from '../fapi/write-outcome.js'
import { elementVerdict, noteRequest, priorityOf, settledByLook, type WriteSession } from '../fapi/write-session.js'
import { isConditional, type OrderRequest } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { MAX_BATCH_SUBMIT } from './constants.js'
import { ordinaryTerms } from './order-terms.js'
import { submitAlgo } from './submit-algo.js'
import { newOrderBatchRequest } from './wire/new-order-batch.js'
import { newOrderRequest, type NewOrderTerms } from './wire/new-order.js'

function readOrder(session: ApiSession, request: OrderRequest, body: unknown): WriteResult {
  const row = parseOrderRow(body)
  const { clientOrderId } = request.terms
  if (row.clientOrderId !== clientOrderId) {
    return {
      outcome: 'unknown',
      code: null,
      message: `the answer is about another order than ${clientOrderId}`,
    }
  }
  const { symbol, terms } = request
  const facts = { symbol, clientOrderId, side: terms.orderSide, positionSide: terms.positionSide, isConditional: false }
  session.registry.note(facts, row.orderId)
  return acknowledged({ clientOrderId, venueOrderId: row.orderId }, translateOrderRow(row, session.account))
}

function termsOf(request: OrderRequest): NewOrderTerms {
  return ordinaryTerms(request, request.terms.orderType === 'LIMIT' ? 'LIMIT' : 'MARKET', request.terms.quantity ?? '0')
}

async function submitPlain(session: WriteSession, request: OrderRequest): Promise<WriteResult> {
  noteRequest(session, request)
  const verdict = await session.entry.send(newOrderRequest(termsOf(request), priorityOf(request)))
  return (
    (await settledByLook(session, request, verdict)) ?? settled(verdict, (body) => readOrder(session, request, body))
  )
}

/** One order, wherever its kind has to go. */
export function submit(session: WriteSession, request: OrderRequest): Promise<WriteResult> {
  const problem = problemOf(request)
  if (problem !== null) return Promise.resolve(invalid(problem))
  return isConditional(request.terms.orderType) ? submitAlgo(session, request) : submitPlain(session, request)
}

async function submitBatch(session: WriteSession, requests: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
  const [first] = requests
  if (first === undefined) return []
  if (requests.length === 1) return [await submitPlain(session, first)]
  for (const request of requests) noteRequest(session, request)
  const verdict = await session.api.send(newOrderBatchRequest(requests.map(termsOf), priorityOf(first)))
  const elements = verdict.outcome === 'done' && Array.isArray(verdict.body) ? verdict.body : null
  return Promise.all(
    requests.map(async (request, index) => {
      const own = elements === null ? verdict : elementVerdict(session, elements[index])
      return (await settledByLook(session, request, own)) ?? settled(own, (body) => readOrder(session, request, body))
    }),
  )
}

/** What shares the way: ordinary orders of one priority in a batch, each conditional one by itself. */
async function sendTogether(session: WriteSession, batch: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
  const [first] = batch
  const isAlgo = first !== undefined && isConditional(first.terms.orderType)
  return isAlgo ? [await submitAlgo(session, first)] : submitBatch(session, batch)
}

/** Ordinary orders in batches of one priority, conditional ones each by itself; results in the order of the request. */
export function submitMany(session: WriteSession, requests: readonly OrderRequest[]): Promise<readonly WriteResult[]> {
  return submitSound(requests, {
    most: MAX_BATCH_SUBMIT,
    fits: (one, other) => ![one, other].some(({ terms }) => isConditional(terms.orderType)),
    send: (batch) => sendTogether(session, batch),
  })
}
