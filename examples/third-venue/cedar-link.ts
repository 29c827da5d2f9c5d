import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import type { Clock } from '@tranchebook/adapters'
import { formatLine, splitLines } from './cedar-wire.js'
import { parseMessage } from './parse-cedar.js'

/** What became of a question. Whether it has left decides what a write may say. */
export type CedarExchange =
  | { readonly type: 'answered'; readonly value: unknown }
  | { readonly type: 'refused'; readonly code: string; readonly retryMs: number | null }
  | { readonly type: 'unanswered'; readonly cause: string }
  | { readonly type: 'unwritten'; readonly cause: string }

/** Where Cedar is, and who asks. */
export interface LinkOptions {
  readonly port: number
  readonly key: string
  readonly clock: Clock
}

const ANSWER_MS = 5_000

/** A connection to Cedar. Throws when it cannot be made. */
export async function openSocket({ port }: Pick<LinkOptions, 'port'>): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  await once(socket, 'connect')
  // An error is followed by `close`, which is where it is dealt with.
  socket.on('error', () => undefined)
  return socket
}

/** Questions and answers over one connection, which is made when it is needed. */
export class CedarLink {
  readonly #options: LinkOptions
  readonly #waiting = new Map<number, (exchange: CedarExchange) => void>()
  #socket: Promise<Socket> | null = null
  #count = 0

  constructor(options: LinkOptions) {
    this.#options = options
  }

  async ask(method: string, given: readonly unknown[]): Promise<CedarExchange> {
    const { key, clock } = this.#options
    let socket: Socket
    try {
      this.#socket ??= this.#open()
      socket = await this.#socket
    } catch (error) {
      this.#socket = null
      return { type: 'unwritten', cause: error instanceof Error ? error.message : String(error) }
    }
    this.#count += 1
    const id = this.#count
    return new Promise((resolve) => {
      const callOff = clock.schedule(ANSWER_MS, () => {
        this.#settle(id, { type: 'unanswered', cause: `no answer within ${ANSWER_MS} ms` })
      })
      this.#waiting.set(id, (exchange) => {
        callOff()
        resolve(exchange)
      })
      socket.write(formatLine({ id, key, method, arguments: given }))
    })
  }

  async close(): Promise<void> {
    const socket = await this.#socket?.catch(() => null)
    socket?.destroy()
  }

  async #open(): Promise<Socket> {
    const socket = await openSocket(this.#options)
    socket.on(
      'data',
      splitLines((line) => {
        const message = parseMessage(line)
        if (message.type === 'answer') this.#settle(message.id, { type: 'answered', value: message.value })
        if (message.type === 'no')
          this.#settle(message.id, { type: 'refused', code: message.code, retryMs: message.retryMs })
      }),
    )
    socket.on('close', () => {
      this.#socket = null
      for (const id of this.#waiting.keys()) this.#settle(id, { type: 'unanswered', cause: 'the connection was lost' })
    })
    return socket
  }

  #settle(id: number, exchange: CedarExchange): void {
    const resolve = this.#waiting.get(id)
    this.#waiting.delete(id)
    resolve?.(exchange)
  }
}
