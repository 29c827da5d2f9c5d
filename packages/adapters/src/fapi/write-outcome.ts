import { InputError, type OrderInput } from '@tranchebook/core'
import type { Failure, Verdict } from '../transport/verdict.js'
import type { NotSent, Refused, Unknown, WriteResult } from '../venue/write-result.js'

/** A failure in the words of the port. */
export function failed(failure: Failure): Refused | Unknown | NotSent {
  if (failure.outcome !== 'refused') return failure
  const { outcome, reason, code, message, isPermanent, retryAfterMs } = failure
  return { outcome, reason, code, message, isPermanent, retryAfterMs }
}

/** Could not have been sent as it is. */
export function invalid(message: string): NotSent {
  return { outcome: 'not-sent', reason: 'invalid', message, retryAfterMs: null }
}

/** Which order a write was about. */
export interface WriteSubject {
  readonly clientOrderId: string
  readonly venueOrderId: string | null
}

/** The venue has it. */
export function acknowledged({ clientOrderId, venueOrderId }: WriteSubject, report: OrderInput | null): WriteResult {
  return { outcome: 'acknowledged', clientOrderId, venueOrderId, report }
}

/** What was missing, without showing what came. */
function problemOf(error: unknown): string {
  if (!(error instanceof InputError)) return 'unexpected'
  const { field, expected } = error.details
  return typeof field === 'string' && typeof expected === 'string' ? `expected ${field} to be ${expected}` : error.code
}

/** Reads a good answer; one that cannot be read leaves the outcome open. */
export function settled(verdict: Verdict, read: (body: unknown) => WriteResult): WriteResult {
  if (verdict.outcome !== 'done') return failed(verdict)
  try {
    return read(verdict.body)
  } catch (error) {
    return { outcome: 'unknown', code: null, message: `the answer could not be understood: ${problemOf(error)}` }
  }
}

/** Code of an order that the venue took with another trigger price than the one asked for. */
export const TRIGGER_MISMATCH = 'trigger-mismatch'

/** What has become of it: such an order is no protection, so it was to be cancelled. */
export function triggerMismatch(message: string, isCancelled: boolean): Refused | Unknown {
  const code = TRIGGER_MISMATCH
  if (!isCancelled) return { outcome: 'unknown', code, message: `${message}, and it could not be cancelled` }
  return {
    outcome: 'refused',
    reason: 'invalid',
    code,
    message: `${message}; it was cancelled`,
    isPermanent: true,
    retryAfterMs: null,
  }
}

const RANK = { unknown: 3, refused: 2, 'not-sent': 1, acknowledged: 0 } as const

/** The least certain of several results stands for all. */
export function worstOf(first: WriteResult, second: WriteResult): WriteResult {
  return RANK[second.outcome] > RANK[first.outcome] ? second : first
}

/** What is in force already counts as done. */
export function withoutComplaint(result: WriteResult, subject: string): WriteResult {
  const isInForce = result.outcome === 'refused' && result.reason === 'no-change'
  return isInForce ? acknowledged({ clientOrderId: subject, venueOrderId: null }, null) : result
}
