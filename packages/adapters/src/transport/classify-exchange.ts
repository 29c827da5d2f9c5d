import { parseLossless } from './lossless-json.js'
import type { HttpExchange } from './http-client.js'
import { type Answer, ANY_503_IS_UNKNOWN, type OutcomeRow, STATUS_FIRST, STATUS_LAST } from './outcome-table.js'
import type { Scrubber } from './scrub-text.js'
import type { CodeMeaning, CodeTable, Failure, Verdict } from './verdict.js'

/** How a venue speaks about failures. */
export interface FailureDialect {
  readonly codes: CodeTable
  readonly isAny503Unknown: boolean
}

/** What the classification needs beside the exchange. */
export interface ClassifyContext {
  readonly dialect: FailureDialect
  /** For words that people may see. */
  readonly scrub: Scrubber
  /** For answers that are still to be read. */
  readonly hideSecrets: Scrubber
  /** The venue's time, for ban ends and window ends. */
  readonly time: number
}

const MINUTE = 60_000
const TEN_SECONDS = 10_000
const PER_TEN_SECONDS = /per (?:10|TEN)[ _]SECOND/i
const SHOWN_LENGTH = 300
const BANNED_UNTIL = /banned until (\d{12,})/i

/** The venue's code and words, where the body is an error object; `null` otherwise. */
export function errorOf(body: unknown): { readonly code: number; readonly message: string } | null {
  if (typeof body !== 'object' || body === null || !('code' in body)) return null
  const code = Number(body.code)
  if (!Number.isInteger(code) || code >= 0) return null
  return { code, message: 'msg' in body ? String(body.msg) : '' }
}

/** How long to wait, in ms, by the words of an answer: until the ban ends, or the window that it names, or the minute. */
export function retryAfterWords(message: string, time: number): number {
  const until = Number(BANNED_UNTIL.exec(message)?.[1])
  if (Number.isFinite(until) && until > time) return until - time
  const window = PER_TEN_SECONDS.test(message) ? TEN_SECONDS : MINUTE
  return window - (time % window)
}

function retryAfterOf(exchange: Extract<HttpExchange, { type: 'answered' }>, message: string, time: number): number {
  const seconds = Number(exchange.headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : retryAfterWords(message, time)
}

function rowFor(answer: Answer, dialect: FailureDialect): CodeMeaning {
  const fitting = (rows: readonly OutcomeRow[]): CodeMeaning | undefined =>
    rows.find((row) => row.fits(answer))?.meaning
  const known = answer.code === null ? undefined : dialect.codes.get(answer.code)
  const first = dialect.isAny503Unknown ? [...STATUS_FIRST, ANY_503_IS_UNKNOWN] : STATUS_FIRST
  return fitting(first) ?? known ?? fitting(STATUS_LAST) ?? { outcome: 'unknown', reason: 'other', isPermanent: false }
}

/** A code and words of the venue, taken as the dialect says. For elements of a batch, whose status is 200. */
export function failureOf(answer: Answer, context: ClassifyContext, retryAfterMs: number | null = null): Failure {
  const meaning = rowFor(answer, context.dialect)
  const code = answer.code === null ? null : String(answer.code)
  const words = context.scrub(answer.text.trim().slice(0, SHOWN_LENGTH))
  const message = words === '' ? `HTTP ${answer.status} without a word` : words
  if (meaning.outcome === 'unknown') return { outcome: 'unknown', code: code ?? `http-${answer.status}`, message }
  const { reason, isPermanent, isDoubtful = false } = meaning
  const waits = reason === 'rate-limit' ? retryAfterMs : null
  return {
    outcome: 'refused',
    reason,
    code: code ?? `http-${answer.status}`,
    message,
    isPermanent,
    retryAfterMs: waits,
    isDoubtful,
  }
}

function parsed(text: string): { readonly body: unknown } | null {
  try {
    return { body: parseLossless(text) }
  } catch {
    return null
  }
}

/** What an exchange means: one table for every request of every venue. */
export function classifyExchange(exchange: HttpExchange, context: ClassifyContext): Verdict {
  if (exchange.type === 'unwritten') {
    return { outcome: 'not-sent', reason: 'connection', message: context.scrub(exchange.cause), retryAfterMs: null }
  }
  if (exchange.type === 'unanswered') return { outcome: 'unknown', code: null, message: context.scrub(exchange.cause) }
  const { status } = exchange
  const text = context.hideSecrets(exchange.text)
  const json = parsed(text)
  const error = json === null ? null : errorOf(json.body)
  if (status >= 200 && status < 300 && json !== null && error === null)
    return { outcome: 'done', status, text, body: json.body }
  const message = error?.message ?? text
  const retryAfterMs = retryAfterOf(exchange, message, context.time)
  if (status >= 200 && status < 300 && error === null) {
    return {
      outcome: 'unknown',
      code: `http-${status}`,
      message: `the answer is no JSON: ${context.scrub(text.slice(0, SHOWN_LENGTH))}`,
    }
  }
  return failureOf({ status, text: message, code: error?.code ?? null }, context, retryAfterMs)
}
