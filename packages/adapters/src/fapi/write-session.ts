import type { ApiSession } from './api-session.js'
import type { Sender } from './read-answer.js'
import { acknowledged, failed } from './write-outcome.js'
import { errorOf, failureOf } from '../transport/classify-exchange.js'
import type { RequestPriority } from '../transport/rate-budget.js'
import type { Verdict } from '../transport/verdict.js'
import { isConditional, type OrderRef, type OrderRequest } from '../venue/order-request.js'
import type { OrderLookup } from '../venue/snapshots.js'
import type { WriteResult } from '../venue/write-result.js'

/** What writes need beside the session: the way orders are entered. */
export interface WriteSession extends ApiSession {
  /** REST, or a socket that speaks the same calls. */
  readonly entry: Sender
  readonly findOrder: (order: OrderRef) => Promise<OrderLookup>
}

/** Protection may spend the reserve. */
export function priorityOf({ terms }: OrderRequest): RequestPriority {
  return terms.purpose === 'entry' ? 'ordinary' : 'protection'
}

/** The order as a reference for later. */
export function refOf({ symbol, terms }: OrderRequest): OrderRef {
  const { clientOrderId, orderType, purpose } = terms
  return { symbol, clientOrderId, orderType, isProtection: purpose !== 'entry', venueOrderId: null, childOrderId: null }
}

/** Makes the order known before anything about it can come back. */
export function noteRequest({ registry }: ApiSession, { symbol, terms }: OrderRequest): void {
  const { clientOrderId, orderSide: side, positionSide, orderType } = terms
  registry.note({ symbol, clientOrderId, side, positionSide, isConditional: isConditional(orderType) })
}

/** A doubtful "no", or an id that exists already, is settled by a look. */
export async function settledByLook(
  session: WriteSession,
  request: OrderRequest,
  verdict: Verdict,
): Promise<WriteResult | null> {
  if (verdict.outcome !== 'refused') return null
  const isDuplicate = verdict.reason === 'duplicate-id'
  if (!isDuplicate && !verdict.isDoubtful) return null
  try {
    const lookup = await session.findOrder(refOf(request))
    if (lookup.type === 'found') {
      return acknowledged(
        { clientOrderId: request.terms.clientOrderId, venueOrderId: lookup.report.orderId },
        lookup.report,
      )
    }
    return isDuplicate
      ? { outcome: 'unknown', code: verdict.code, message: `${verdict.message} Yet no order of that id was found` }
      : failed(verdict)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { outcome: 'unknown', code: verdict.code, message: `${verdict.message} A look for it failed: ${why}` }
  }
}

/** One element of a batch answer: an order, or an error of its own. */
export function elementVerdict(session: ApiSession, element: unknown): Verdict {
  const error = errorOf(element)
  if (error === null) return { outcome: 'done', status: 200, text: '', body: element }
  const { dialect, scrub, hideSecrets, serverClock } = session
  return failureOf(
    { status: 200, text: error.message, code: error.code },
    { dialect, scrub, hideSecrets, time: serverClock.now() },
  )
}
