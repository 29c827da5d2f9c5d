import { type NotSent, type Refused, type Unknown, VenueError, type WriteResult } from '@tranchebook/adapters'
import type { CedarExchange } from './cedar-link.js'
import { type CedarAnswers, parseAnswer, parseResult } from './parse-cedar.js'

/** What a code of Cedar's means, as a table. */
const REASONS: Readonly<Record<string, readonly [Refused['reason'], isPermanent: boolean]>> = {
  NO_SUCH_KEY: ['credentials', true],
  MAY_NOT_TRADE: ['credentials', true],
  BUSY: ['overloaded', false],
  TOO_MANY: ['rate-limit', false],
  BANNED: ['rate-limit', false],
}

/** How a write ended. Only what certainly never left may say so; what left and was not answered leaves it open. */
export function outcomeOf(exchange: CedarExchange): WriteResult {
  switch (exchange.type) {
    case 'answered':
      return parseResult(exchange.value)
    case 'unanswered':
      return { outcome: 'unknown', code: null, message: exchange.cause } satisfies Unknown
    case 'unwritten':
      return notSent('connection', exchange.cause, null)
    case 'refused': {
      const [reason, isPermanent] = REASONS[exchange.code] ?? ['other', true]
      const { code, retryMs: retryAfterMs } = exchange
      return { outcome: 'refused', reason, code, message: `Cedar says ${code}`, isPermanent, retryAfterMs }
    }
    default:
      return exchange satisfies never
  }
}

/** Never left. */
export function notSent(reason: NotSent['reason'], message: string, retryAfterMs: number | null): NotSent {
  return { outcome: 'not-sent', reason, message, retryAfterMs }
}

/** The answer to a question. A question without an answer says nothing: no list is empty for it. @throws {VenueError} */
export function answerOf<Method extends keyof CedarAnswers>(
  method: Method,
  exchange: CedarExchange,
): CedarAnswers[Method] {
  if (exchange.type === 'answered') return parseAnswer(method, exchange.value)
  const cause = exchange.type === 'refused' ? `Cedar says ${exchange.code}` : exchange.cause
  const isKey = exchange.type === 'refused' && REASONS[exchange.code]?.[0] === 'credentials'
  const code = isKey ? 'venue.credentials.refused' : 'venue.read.failed'
  throw new VenueError(code, `${method} gave no answer to rely on: ${cause}`, { details: { method } })
}
