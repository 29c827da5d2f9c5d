import { InputError } from '@tranchebook/core'
import type { ApiRequest } from '../transport/api-request.js'
import type { Scrubber } from '../transport/scrub-text.js'
import type { Failure, Verdict } from '../transport/verdict.js'
import { VenueError } from '../venue/venue-error.js'

/** Sends calls and says what became of them. */
export interface Sender {
  send(request: ApiRequest): Promise<Verdict>
}

/** How reads are made. */
export interface Reader {
  /** @throws {VenueError} when the venue refused, did not answer, or answered something else. */
  read<Answer>(request: ApiRequest, parse: (body: unknown) => Answer): Promise<Answer>
}

const SHOWN_LENGTH = 2_000

/** Why a read said nothing, without secrets. */
export function readFailure(request: ApiRequest, failure: Failure): VenueError {
  const code = 'code' in failure ? failure.code : null
  const reason = 'reason' in failure ? failure.reason : null
  const { outcome, message } = failure
  const details = { method: request.method, path: request.path, outcome, code, reason }
  if (reason === 'credentials') {
    return new VenueError(
      'venue.credentials.refused',
      `${request.method} ${request.path} was refused (${code ?? outcome}): ${message}. Check key, secret, permissions and the address it may be used from`,
      { details },
    )
  }
  return new VenueError(
    'venue.read.failed',
    `${request.method} ${request.path} gave no answer to rely on (${code ?? outcome}): ${message}`,
    {
      details: 'retryAfterMs' in failure ? { ...details, retryAfterMs: failure.retryAfterMs } : details,
    },
  )
}

/** Whether an error can never go away by itself. */
export function isHopeless(error: unknown): boolean {
  return error instanceof VenueError && error.code === 'venue.credentials.refused'
}

/** Whether the venue refused a question that it does not know: no answer is to be waited for. */
function isUnknownQuestion(error: unknown): boolean {
  if (!(error instanceof VenueError) || error.details['outcome'] !== 'refused') return false
  return error.details['reason'] === 'invalid' || error.details['reason'] === 'other'
}

/** The answer, or `otherwise` where the venue does not know the question. @throws {VenueError} */
export async function unlessUnknown<Answer>(asked: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    if (isUnknownQuestion(error)) return otherwise
    throw error
  }
}

/** Reads that either give a parsed answer or throw. */
export function createReader(api: Sender, scrub: Scrubber): Reader {
  return {
    read: async (request, parse) => {
      const verdict = await api.send(request)
      if (verdict.outcome !== 'done') throw readFailure(request, verdict)
      try {
        return parse(verdict.body)
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        throw new VenueError(
          'venue.answer.malformed',
          `${request.method} ${request.path} answered something else: ${scrub(error.message)}`,
          {
            details: { method: request.method, path: request.path, raw: scrub(verdict.text.slice(0, SHOWN_LENGTH)) },
          },
        )
      }
    },
  }
}
