import { type RawData, WebSocket } from 'ws'
import { backOffMs, CONNECTION_BACK_OFF } from './back-off.js'
import { type Clock, monotonicOf } from './clock.js'
import { createWatchdog, type Watchdog } from './watchdog.js'

/** What a session tells its owner. */
export interface SessionListener {
  onOpen(): void
  onText(text: string): void
  /** `since` = when something was last heard, or `null`. The session connects again by itself. */
  onLost(reason: string, since: number | null): void
}

/** A connection that is meant to stand forever. */
export interface SessionOptions {
  readonly clock: Clock
  /** Asked before each connection, for addresses that expire. A rejection counts as a failed attempt. */
  readonly address: () => Promise<string>
  readonly listener: SessionListener
  /** Sent after each opening, in order: subscriptions. */
  readonly greetings: readonly string[]
  /** Quiet for this long = dead. */
  readonly silenceMs: number
  /** What counts as a sign of life: data only, or pings and pongs as well. */
  readonly lifeSign: 'data' | 'any'
  /** Our own ping, for connections on which silence is normal; `null` = none. */
  readonly pingMs: number | null
  readonly connectTimeoutMs: number
  /** A fresh connection replaces the old one after this time, without a gap. */
  readonly rotationMs: number
  /** Both connections are heard for this long, and repeated texts dropped. */
  readonly overlapMs: number
  /** Whether an error of `address` can never go away. */
  readonly isHopeless: (error: unknown) => boolean
}

export interface SocketSession {
  readonly opened: Promise<void>
  isOpen(): boolean
  /** False when no connection stands: then nothing was sent. */
  send(text: string): boolean
  /** Drops the connection and builds a new one. */
  reconnect(reason: string): void
  close(): void
}

/** The documented life of a connection is 24 h: replaced a while before. */
export const ROTATION_MS = 23 * 3_600_000
const STABLE_MS = 60_000

function textOf(data: RawData): string {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString('utf8')
  return (Array.isArray(data) ? Buffer.concat(data) : data).toString('utf8')
}

class Session implements SocketSession {
  readonly opened: Promise<void>
  readonly #options: SessionOptions
  readonly #watchdog: Watchdog
  readonly #recent = new Set<string>()
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } = {
    resolve: () => undefined,
    reject: () => undefined,
  }
  #current: WebSocket | null = null
  #retiring: WebSocket | null = null
  #attempt = 0
  #openedAt = 0
  #hasOpened = false
  #isClosed = false
  readonly #timers = new Map<'retry' | 'rotation' | 'ping' | 'overlap', () => void>()

  constructor(options: SessionOptions) {
    this.#options = options
    this.#watchdog = createWatchdog(options.clock, options.silenceMs, (since) => {
      this.#drop(`nothing heard for ${options.silenceMs} ms`, since)
    })
    this.opened = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    this.opened.catch(() => undefined)
    void this.#connect(null)
  }

  isOpen(): boolean {
    return this.#current?.readyState === WebSocket.OPEN
  }

  send(text: string): boolean {
    if (!this.isOpen()) return false
    this.#current?.send(text)
    return true
  }

  reconnect(reason: string): void {
    this.#drop(reason, this.#watchdog.lastSign())
  }

  close(): void {
    this.#isClosed = true
    for (const callOff of this.#timers.values()) callOff()
    this.#watchdog.stop()
    this.#retiring?.terminate()
    this.#current?.terminate()
    this.#current = null
    this.#retiring = null
    this.#settle.reject(new Error('closed before it was open'))
  }

  #arm(name: 'retry' | 'rotation' | 'ping' | 'overlap', delayMs: number, run: () => void): void {
    this.#timers.get(name)?.()
    this.#timers.set(name, this.#options.clock.schedule(delayMs, run))
  }

  async #connect(replaces: WebSocket | null): Promise<void> {
    let address: string
    try {
      address = await this.#options.address()
    } catch (error) {
      if (this.#isClosed) return
      if (!this.#hasOpened && this.#options.isHopeless(error)) return this.#settle.reject(error)
      return this.#retryLater(replaces)
    }
    if (this.#isClosed) return
    const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 32 * 1024 * 1024 })
    this.#listen(socket, replaces)
  }

  #listen(socket: WebSocket, replaces: WebSocket | null): void {
    const { clock, connectTimeoutMs, lifeSign } = this.#options
    const giveUp = clock.schedule(connectTimeoutMs, () => {
      socket.terminate()
    })
    socket.on('open', () => {
      giveUp()
      this.#adopt(socket, replaces)
    })
    socket.on('message', (data) => {
      this.#receive(socket, textOf(data))
    })
    const onBeat = (): void => {
      if (lifeSign === 'any' && socket === this.#current) this.#watchdog.feed()
    }
    socket.on('ping', onBeat)
    socket.on('pong', onBeat)
    socket.on('error', () => undefined)
    socket.on('close', (code) => {
      giveUp()
      this.#lose(socket, replaces, `connection closed with code ${code}`)
    })
  }

  #adopt(socket: WebSocket, replaces: WebSocket | null): void {
    if (this.#isClosed || (this.#current !== null && this.#current !== replaces)) return socket.terminate()
    const { listener, greetings, rotationMs, overlapMs, pingMs, clock } = this.#options
    const isSeamless = replaces !== null && replaces === this.#current
    this.#retiring = isSeamless ? replaces : null
    this.#current = socket
    this.#openedAt = monotonicOf(clock)
    for (const greeting of greetings) socket.send(greeting)
    this.#watchdog.feed()
    this.#arm('rotation', rotationMs, () => void this.#connect(this.#current))
    if (pingMs !== null) this.#beat(pingMs)
    if (isSeamless) {
      this.#arm('overlap', overlapMs, () => {
        this.#retire()
      })
      return
    }
    this.#hasOpened = true
    listener.onOpen()
    this.#settle.resolve()
  }

  #beat(pingMs: number): void {
    this.#arm('ping', pingMs, () => {
      if (this.#current?.readyState === WebSocket.OPEN) this.#current.ping()
      this.#beat(pingMs)
    })
  }

  #retire(): void {
    this.#retiring?.terminate()
    this.#retiring = null
    this.#recent.clear()
  }

  #receive(socket: WebSocket, text: string): void {
    if (this.#isClosed || (socket !== this.#current && socket !== this.#retiring)) return
    if (socket === this.#current) this.#watchdog.feed()
    if (this.#retiring !== null) {
      if (this.#recent.delete(text)) return
      this.#recent.add(text)
    }
    this.#options.listener.onText(text)
  }

  #lose(socket: WebSocket, replaces: WebSocket | null, reason: string): void {
    if (this.#isClosed || socket === this.#retiring) return
    if (socket === this.#current) return this.#drop(reason, this.#watchdog.lastSign())
    const isUnused = this.#current === null || replaces === this.#current
    if (isUnused) this.#retryLater(this.#current)
  }

  #drop(reason: string, since: number | null): void {
    const socket = this.#current
    if (socket === null || this.#isClosed) return
    const { clock, listener } = this.#options
    this.#current = null
    this.#retire()
    for (const callOff of this.#timers.values()) callOff()
    this.#watchdog.stop()
    socket.terminate()
    if (monotonicOf(clock) - this.#openedAt >= STABLE_MS) this.#attempt = 0
    listener.onLost(reason, since)
    this.#retryLater(null)
  }

  #retryLater(replaces: WebSocket | null): void {
    this.#attempt += 1
    this.#arm('retry', backOffMs(this.#attempt, CONNECTION_BACK_OFF), () => {
      if (replaces === null || replaces === this.#current) void this.#connect(replaces)
    })
  }
}

/**
 * A connection that stands again after every loss: exponential back-off (1 s to 60 s), silence watchdog, greeting after each opening,
 * rotation without a gap before the venue ends it. It never hides a loss: `onLost` comes before the next `onOpen`.
 */
export function openSession(options: SessionOptions): SocketSession {
  return new Session(options)
}
