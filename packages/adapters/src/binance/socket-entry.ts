import { type ApiSession } from '../fapi/api-session.js'
import type { Sender } from '../fapi/read-answer.js'
import { type QueryIdentity, stamped } from '../fapi/query-signer.js'
import type { ApiRequest, Params } from '../transport/api-request.js'
import { failureOf, retryAfterWords } from '../transport/classify-exchange.js'
import { parseLossless } from '../transport/lossless-json.js'
import { withClockRetry } from '../transport/retry-clock.js'
import { openSession, ROTATION_MS } from '../transport/socket-session.js'
import type { Failure, Verdict } from '../transport/verdict.js'
import { integer, optionalInteger, recordOf, text, type WireRecord } from '../wire/wire-fields.js'

/** Orders over a socket, behind the same door as REST. */
export interface SocketEntry extends Sender {
  close(): void
}

/** What order entry over a socket needs. */
export interface SocketEntryOptions {
  readonly address: string
  readonly identity: QueryIdentity
  readonly session: ApiSession
}

const METHODS: Readonly<Record<string, string>> = {
  'POST /fapi/v1/order': 'order.place',
  'PUT /fapi/v1/order': 'order.modify',
  'DELETE /fapi/v1/order': 'order.cancel',
  'POST /fapi/v1/algoOrder': 'algoOrder.place',
  'DELETE /fapi/v1/algoOrder': 'algoOrder.cancel',
}
const WHOLE_NUMBERS = new Set(['timestamp', 'recvWindow', 'orderId', 'algoId'])
const ANSWER_MS = 5_000
const OVERLAP_MS = 10_000
const PING_MS = 60_000
const SILENCE_MS = 150_000
const CONNECT_TIMEOUT_MS = 10_000

/** Signed in the order of the names, without encoding. */
function signedFrame(
  request: ApiRequest,
  { apiKey, signText, recvWindowMs }: QueryIdentity,
  at: { readonly id: string; readonly time: number },
): string {
  const all: Params = [...stamped(request.params, at.time, recvWindowMs), ['apiKey', apiKey.reveal()]]
  const sorted = [...all].sort(([left], [right]) => (left < right ? -1 : 1))
  const signature = signText(sorted.map(([name, value]) => `${name}=${value}`).join('&'))
  const fields = [...sorted, ['signature', signature] as const].map(
    ([name, value]) => `${JSON.stringify(name)}:${WHOLE_NUMBERS.has(name) ? value : JSON.stringify(value)}`,
  )
  const method = METHODS[`${request.method} ${request.path}`] ?? ''
  return `{"id":${JSON.stringify(at.id)},"method":${JSON.stringify(method)},"params":{${fields.join(',')}}}`
}

class Entry implements SocketEntry {
  readonly #options: SocketEntryOptions
  readonly #socket
  readonly #waiting = new Map<string, (verdict: Verdict) => void>()
  #sent = 0
  #heard = 0

  constructor(options: SocketEntryOptions) {
    this.#options = options
    const { session, address } = options
    this.#socket = openSession({
      clock: session.clock,
      address: () => Promise.resolve(address),
      listener: {
        onOpen: () => undefined,
        onText: (message) => {
          this.#receive(message)
        },
        onLost: (reason) => {
          this.#giveUp(reason)
        },
      },
      greetings: [],
      silenceMs: SILENCE_MS,
      lifeSign: 'any',
      pingMs: PING_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      rotationMs: ROTATION_MS,
      overlapMs: OVERLAP_MS,
      isHopeless: () => false,
    })
  }

  async send(request: ApiRequest): Promise<Verdict> {
    const { session } = this.#options
    const hasMethod = METHODS[`${request.method} ${request.path}`] !== undefined
    if (!hasMethod || !this.#socket.isOpen()) return session.api.send(request)
    return withClockRetry(session.serverClock, () => this.#sendOnce(request))
  }

  close(): void {
    this.#socket.close()
    this.#giveUp('closed')
  }

  async #sendOnce(request: ApiRequest): Promise<Verdict> {
    const { session, identity } = this.#options
    const failure = await this.#spend(request)
    if (failure !== null) return failure
    this.#sent += 1
    const id = String(this.#sent)
    try {
      const frame = signedFrame(request, identity, { id, time: session.serverClock.now() })
      return await this.#exchange(id, frame)
    } catch (error) {
      const message = session.scrub(
        `the request could not be signed: ${error instanceof Error ? error.message : String(error)}`,
      )
      return { outcome: 'not-sent', reason: 'invalid', message, retryAfterMs: null }
    }
  }

  async #spend(request: ApiRequest): Promise<Failure | null> {
    const { serverClock, admission, scrub } = this.#options.session
    try {
      await serverClock.keepFresh()
    } catch (error) {
      const message = scrub(error instanceof Error ? error.message : String(error))
      return { outcome: 'not-sent', reason: 'connection', message, retryAfterMs: null }
    }
    return admission.admit(request)
  }

  #exchange(id: string, frame: string): Promise<Verdict> {
    const heard = this.#heard
    return new Promise((resolve) => {
      const callOff = this.#options.session.clock.schedule(ANSWER_MS, () => {
        const message = `no answer within ${ANSWER_MS} ms`
        this.#settle(id, { outcome: 'unknown', code: null, message })
        // A connection on which nothing comes back would swallow the next stop as well: until there is a new one, REST takes over.
        if (heard === this.#heard) this.#socket.reconnect(message)
      })
      this.#waiting.set(id, (verdict) => {
        callOff()
        resolve(verdict)
      })
      if (this.#socket.send(frame)) return
      this.#settle(id, {
        outcome: 'not-sent',
        reason: 'connection',
        message: 'the order socket is not connected',
        retryAfterMs: null,
      })
    })
  }

  #settle(id: string, verdict: Verdict): void {
    const resolve = this.#waiting.get(id)
    this.#waiting.delete(id)
    resolve?.(verdict)
  }

  #giveUp(reason: string): void {
    for (const id of this.#waiting.keys())
      this.#settle(id, { outcome: 'unknown', code: null, message: `the connection was lost: ${reason}` })
  }

  #receive(message: string): void {
    this.#heard += 1
    try {
      const answer = recordOf(parseLossless(this.#options.session.hideSecrets(message)), 'answer')
      const id = answer['id']
      if (typeof id === 'string' || typeof id === 'number') this.#settle(String(id), this.#verdictOf(answer, message))
    } catch {
      return
    }
  }

  #verdictOf(answer: WireRecord, message: string): Verdict {
    const { admission, dialect, scrub, hideSecrets, serverClock } = this.#options.session
    const status = optionalInteger(answer, 'status') ?? 200
    if (answer['error'] == null) return { outcome: 'done', status, text: message, body: answer['result'] }
    const error = recordOf(answer['error'], 'error')
    const time = serverClock.now()
    const words = text(error, 'msg')
    const verdict = failureOf(
      { status, text: words, code: integer(error, 'code') },
      { dialect, scrub, hideSecrets, time },
      retryAfterWords(words, time),
    )
    admission.observe(status, verdict)
    return verdict
  }
}

/** Orders, changes and cancels over the venue's socket; everything else goes to REST. A connection lost after sending leaves the outcome open. */
export function openSocketEntry(options: SocketEntryOptions): SocketEntry {
  return new Entry(options)
}
