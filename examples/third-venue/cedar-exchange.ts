import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Clock } from '@tranchebook/adapters'
import { advanceTo, type Exchange, type FaultsByHand, openSimulated, type SimulatedVenue } from '@tranchebook/simulator'
import { type CedarCode, type CedarMessage, type CedarQuestion, formatLine, splitLines } from './cedar-wire.js'
import { parseQuestion } from './parse-cedar.js'

/** What Cedar is made of: an engine, and what goes wrong with its answers. */
export interface CedarParts {
  readonly exchange: Exchange
  readonly account: string
  readonly clock: Clock
  readonly faults: FaultsByHand
  readonly key: string
  readonly mayTrade: boolean
}

/** Cedar, listening on this machine. */
export interface CedarExchange {
  readonly port: number
  readonly requests: () => number
  readonly cut: () => void
  readonly close: () => Promise<void>
}

const WRITES = new Set(['submit', 'modify', 'cancel', 'cancelAll', 'setLeverage'])
const BAN_MS = 120_000

type Reply = (message: CedarMessage | null) => void

class Cedar {
  readonly sockets = new Set<Socket>()
  requests = 0
  readonly #parts: CedarParts
  readonly #venue: SimulatedVenue

  constructor(parts: CedarParts) {
    this.#parts = parts
    const { exchange, account, clock } = parts
    this.#venue = openSimulated({ exchange, account, clock })
  }

  accept(socket: Socket): void {
    this.sockets.add(socket)
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('close', () => this.sockets.delete(socket))
    const reply: Reply = (message) => {
      if (message === null) socket.destroy()
      else if (!socket.destroyed) socket.write(formatLine(message))
    }
    socket.on(
      'data',
      splitLines((line) => void this.#take(parseQuestion(line), socket, reply)),
    )
  }

  async #take(question: CedarQuestion, socket: Socket, reply: Reply): Promise<void> {
    const { exchange, clock, key, mayTrade } = this.#parts
    const { id, method, key: given } = question
    this.requests += 1
    advanceTo(exchange, clock.now())
    const no = (code: CedarCode, retryMs: number | null = null): void => {
      reply({ type: 'no', id, code, retryMs })
    }
    const isPublic = method === 'time' || method === 'fetchInstruments' || method === 'fetchCandles'
    if (given !== key && !isPublic) no('NO_SUCH_KEY')
    else if (WRITES.has(method) && !mayTrade) no('MAY_NOT_TRADE')
    else if (method === 'time') reply({ type: 'answer', id, value: exchange.time })
    else if (method === 'subscribe') this.#subscribe(question, socket, reply)
    else if (WRITES.has(method)) await this.#write(question, reply, no)
    else await this.#read(question, reply)
  }

  async #call({ method, arguments: given }: CedarQuestion): Promise<unknown> {
    const member: unknown = Reflect.get(this.#venue, method)
    if (typeof member !== 'function') throw new RangeError(`Cedar has no ${method}`)
    const value: unknown = await Reflect.apply(member, this.#venue, given)
    return value
  }

  async #write(
    question: CedarQuestion,
    reply: Reply,
    no: (code: CedarCode, retryMs?: number | null) => void,
  ): Promise<void> {
    const { clock, faults } = this.#parts
    const fault = faults.forWrite()
    if (fault === 'overloaded' || fault === 'unavailable') return no('BUSY')
    if (fault === 'tooManyRequests') return no('TOO_MANY', 1_000)
    if (fault === 'banned') return no('BANNED', BAN_MS)
    if (fault === 'landsLate') clock.schedule(faults.delayMs, () => void this.#call(question))
    const value = fault === null || fault.startsWith('accepted') ? await this.#call(question) : null
    reply(fault === null ? { type: 'answer', id: question.id, value } : null)
  }

  async #read(question: CedarQuestion, reply: Reply): Promise<void> {
    const { exchange, faults } = this.#parts
    const fault = faults.forRead()
    if (fault === 'unanswered') return reply(null)
    const isHidden = fault === 'notFoundYet' && question.method === 'findOrder'
    const value = isHidden ? { type: 'notFound', time: exchange.time } : await this.#call(question)
    reply({ type: 'answer', id: question.id, value })
  }

  #subscribe({ id, arguments: [kind, symbols] }: CedarQuestion, socket: Socket, reply: Reply): void {
    const tell = (event: { readonly type: string }): void => {
      const isOfConnection = ['connected', 'gap', 'resyncNeeded'].includes(event.type)
      if (!isOfConnection) reply({ type: 'news', value: event })
    }
    reply({ type: 'answer', id, value: null })
    const stream =
      kind === 'marks' && Array.isArray(symbols)
        ? this.#venue.streamMarks(symbols.map(String), tell)
        : this.#venue.streamAccount((event) => {
            if (event.type === 'resyncNeeded') stream.resume(event.resync)
            tell(event)
          })
    socket.on('close', () => void stream.close())
  }
}

/** Opens Cedar on a free port of this machine. */
export async function openCedarExchange(parts: CedarParts): Promise<CedarExchange> {
  const cedar = new Cedar(parts)
  const server = createServer((socket) => {
    cedar.accept(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const cut = (): void => {
    for (const socket of cedar.sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    requests: () => cedar.requests,
    cut,
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
