import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, Pool } from 'undici'
import type { Clock } from './clock.js'

/** One request, complete as it goes over the wire. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** What became of a request. The middle case is why this is not `fetch`: bytes may have left, and nobody answered. */
export type HttpExchange =
  | { readonly type: 'answered'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }
  | { readonly type: 'unanswered'; readonly cause: string; readonly isTimeout: boolean }
  | { readonly type: 'unwritten'; readonly cause: string }

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpExchange>
  close(): Promise<void>
}

export interface HttpOptions {
  /** Scheme, host and port. */
  readonly origin: string
  readonly clock: Clock
  readonly timeoutMs: number
  readonly connections: number
}

function causeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return code === '' || message.includes(code) ? message : `${code}: ${message}`
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #settle: (exchange: HttpExchange) => void
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | null = null
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #isTimedOut = false

  constructor(settle: (exchange: HttpExchange) => void) {
    this.#settle = settle
  }

  /** Gives up: what is still queued never leaves, what has left stays unanswered. */
  timeOut(timeoutMs: number): void {
    this.#isTimedOut = true
    const cause = `no answer within ${timeoutMs} ms`
    if (this.#controller === null)
      return this.#settle({ type: 'unwritten', cause: `not connected within ${timeoutMs} ms` })
    this.#settle({ type: 'unanswered', cause, isTimeout: true })
    this.#controller.abort(new Error(cause))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isTimedOut) return controller.abort(new Error('given up before it was sent'))
    this.#controller = controller
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const text = Buffer.concat(this.#chunks).toString('utf8')
    this.#settle({ type: 'answered', status: this.#status, headers: this.#headers, text })
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const cause = causeOf(error)
    if (this.#controller === null) this.#settle({ type: 'unwritten', cause })
    else this.#settle({ type: 'unanswered', cause, isTimeout: false })
  }
}

/** Requests to one origin over a few connections that are kept open. Never throws, never repeats a request. */
export function createHttpClient({ origin, clock, timeoutMs, connections }: HttpOptions): HttpClient {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  })
  return {
    send: (request) =>
      new Promise((resolve) => {
        const exchange = new Exchange((outcome) => {
          callOff()
          resolve(outcome)
        })
        const callOff = clock.schedule(timeoutMs, () => {
          exchange.timeOut(timeoutMs)
        })
        pool.dispatch({ ...request, headers: { ...request.headers } }, exchange)
      }),
    close: () => pool.destroy(),
  }
}
