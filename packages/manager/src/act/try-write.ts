import type { NotSent, Refused, RefusalReason, WriteResult, Clock } from '@tranchebook/adapters'
import { backOffMs, isOver, pause } from '../clock/pause.js'
import { whyOf } from '../report/logger.js'

/** Under which conditions a write is tried. */
export interface WriteCircumstances {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Tries in all. */
  readonly attempts: number
  readonly onRetry: (result: WriteResult) => void
}

const PAUSES = { first: 200, longest: 5000 }

/** Refusals that pass by themselves: the very same request may be taken a moment later. */
const PASSING: readonly RefusalReason[] = ['rate-limit', 'overloaded', 'maintenance', 'clock']
const LOCAL: readonly NotSent['reason'][] = ['budget', 'banned', 'connection']

/** How long the venue wants us to wait; more than that is not waited for: the book decides anew. */
function waitOf(result: Refused | NotSent, attempt: number): number {
  return result.retryAfterMs ?? backOffMs(attempt - 1, PAUSES)
}

/** Certain not to have been executed, and worth trying again. Only such a write may be repeated under its id. */
function mayPass(result: WriteResult): result is Refused | NotSent {
  if (result.outcome === 'not-sent') return LOCAL.includes(result.reason)
  return result.outcome === 'refused' && !result.isPermanent && PASSING.includes(result.reason)
}

/** Writes to the venue, a bounded number of times. An outcome that is unknown is never tried again. */
export async function tryWrite(write: () => Promise<WriteResult>, around: WriteCircumstances): Promise<WriteResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await write().catch((error: unknown): WriteResult => ({
      outcome: 'unknown',
      code: null,
      message: whyOf(error),
    }))
    if (!mayPass(result) || attempt >= around.attempts || isOver(around.signal)) return result
    const waitMs = waitOf(result, attempt)
    if (waitMs > PAUSES.longest) return result
    around.onRetry(result)
    await pause(around.clock, waitMs, around.signal)
    if (isOver(around.signal)) return result
  }
}
