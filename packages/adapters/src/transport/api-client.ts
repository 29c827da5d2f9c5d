import type { Admission } from './admission.js'
import type { ApiRequest } from './api-request.js'
import { classifyExchange, type FailureDialect } from './classify-exchange.js'
import type { HttpClient, HttpExchange, HttpRequest } from './http-client.js'
import type { RateBudget } from './rate-budget.js'
import { withClockRetry } from './retry-clock.js'
import type { Scrubber } from './scrub-text.js'
import type { ServerClock } from './server-clock.js'
import type { Signer } from './signer.js'
import type { Failure, Verdict } from './verdict.js'

/** The parts of a client. */
export interface ApiParts {
  readonly http: HttpClient
  readonly signer: Signer
  readonly budget: RateBudget
  readonly admission: Admission
  readonly dialect: FailureDialect
  readonly serverClock: ServerClock
  readonly scrub: Scrubber
  readonly hideSecrets: Scrubber
}

/** Sends calls and says what became of them. Never throws, and repeats only what certainly was not carried out. */
export interface ApiClient {
  send(request: ApiRequest): Promise<Verdict>
  close(): Promise<void>
}

function countOf(exchange: Extract<HttpExchange, { type: 'answered' }>, name: string): number | null {
  const count = Number(exchange.headers[name])
  return Number.isInteger(count) && count > 0 ? count : null
}

/** A key that cannot sign is a reason not to send, not a crash. */
function signOrFail(
  signer: Signer,
  request: ApiRequest,
  { time, scrub }: { readonly time: number; readonly scrub: Scrubber },
): HttpRequest | Failure {
  try {
    return signer.sign(request, time)
  } catch (error) {
    const message = scrub(`the request could not be signed: ${error instanceof Error ? error.message : String(error)}`)
    return { outcome: 'not-sent', reason: 'invalid', message, retryAfterMs: null }
  }
}

const CLOSED: Failure = { outcome: 'not-sent', reason: 'closed', message: 'the venue is closed', retryAfterMs: null }

class Client implements ApiClient {
  readonly #parts: ApiParts
  #isClosed = false

  constructor(parts: ApiParts) {
    this.#parts = parts
  }

  async send(request: ApiRequest): Promise<Verdict> {
    if (this.#isClosed) return CLOSED
    if (request.security !== 'signed') return this.#sendOnce(request)
    const failure = await this.#assertClock()
    return failure ?? withClockRetry(this.#parts.serverClock, () => this.#sendOnce(request))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#parts.http.close()
  }

  async #assertClock(): Promise<Failure | null> {
    try {
      await this.#parts.serverClock.keepFresh()
      return null
    } catch (error) {
      const message = `the venue's time could not be read: ${error instanceof Error ? error.message : String(error)}`
      return { outcome: 'not-sent', reason: 'connection', message: this.#parts.scrub(message), retryAfterMs: null }
    }
  }

  async #sendOnce(request: ApiRequest): Promise<Verdict> {
    const { http, signer, admission, serverClock, dialect, scrub, hideSecrets } = this.#parts
    if (this.#isClosed) return CLOSED
    const block = admission.admit(request)
    if (block !== null) return block
    const sent = serverClock.now()
    const signed = signOrFail(signer, request, { time: sent, scrub })
    if ('outcome' in signed) return signed
    const exchange = await http.send(signed)
    if (exchange.type === 'answered') this.#observe(exchange, sent)
    const verdict = classifyExchange(exchange, { dialect, scrub, hideSecrets, time: serverClock.now() })
    if (exchange.type === 'answered') admission.observe(exchange.status, verdict)
    return verdict
  }

  #observe(exchange: Extract<HttpExchange, { type: 'answered' }>, sent: number): void {
    const use = {
      weight: countOf(exchange, 'x-mbx-used-weight-1m'),
      ordersPerTenSeconds: countOf(exchange, 'x-mbx-order-count-10s'),
      ordersPerMinute: countOf(exchange, 'x-mbx-order-count-1m'),
    }
    this.#parts.budget.observe(use, { sent, received: this.#parts.serverClock.now() })
  }
}

/** One venue's REST interface: clock, budget, signature, classification, in this order. */
export function createApiClient(parts: ApiParts): ApiClient {
  return new Client(parts)
}
