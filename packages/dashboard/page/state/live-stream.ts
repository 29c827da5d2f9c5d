import { signal } from '@preact/signals'
import {
  API_PATHS,
  type AccountView,
  type HelloMessage,
  type PriceMessage,
  type RecordedMessage,
} from '../../src/api/index.js'
import { parseMessage } from './parse-answer.js'

/** Whether the page hears what happens. */
export type Connection =
  | { readonly type: 'connecting' }
  | { readonly type: 'live' }
  /** `since` = when the server was last heard, epoch ms. */
  | { readonly type: 'lost'; readonly since: number }

/** Who is told what the stream says. */
export interface StreamListener {
  readonly onHello: (message: HelloMessage) => void
  readonly onEvent: (message: RecordedMessage) => void
  readonly onPrices: (messages: readonly PriceMessage[]) => void
  readonly onAccount: (account: AccountView) => void
  /** Asked while the stream is silent for long, and before it is opened again. */
  readonly isReachable: () => Promise<boolean>
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000
/** A process that hangs keeps its connections: silence, and a question that is not answered either, is noticed within ten seconds. */
const QUIET_MS = 4000
const WATCH_MS = 1000

/** The server's events from a position on. A lost connection goes on where it stopped: nothing is missed, nothing comes twice. */
export class LiveStream {
  readonly connection = signal<Connection>({ type: 'connecting' })
  private readonly listener: StreamListener
  private source: EventSource | null = null
  private position: string
  private pauseMs = FIRST_PAUSE_MS
  private heardTime = Date.now()
  private isAsking = false

  constructor(position: string, listener: StreamListener) {
    this.position = position
    this.listener = listener
  }

  /** Opens it, and watches that it does not fall silent without an end. */
  start(): void {
    this.open()
    setInterval(() => void this.watch(), WATCH_MS)
  }

  private open(): void {
    const source = new EventSource(`${API_PATHS.stream}?after=${encodeURIComponent(this.position)}`)
    this.source = source
    this.hear(source, 'hello', ({ data }) => {
      this.pauseMs = FIRST_PAUSE_MS
      this.connection.value = { type: 'live' }
      const hello = parseMessage('hello', data)
      if (hello.isReset) this.position = hello.position
      this.listener.onHello(hello)
    })
    this.hear(source, 'event', ({ data, lastEventId }) => {
      this.position = lastEventId
      this.listener.onEvent(parseMessage('event', data))
    })
    this.hear(source, 'prices', ({ data }) => {
      this.listener.onPrices(parseMessage('prices', data))
    })
    this.hear(source, 'account', ({ data }) => {
      this.listener.onAccount(parseMessage('account', data))
    })
    source.addEventListener('error', () => {
      this.lose()
    })
  }

  private hear(source: EventSource, name: string, take: (message: MessageEvent<string>) => void): void {
    source.addEventListener(name, (message: MessageEvent<string>) => {
      this.heardTime = Date.now()
      if (source === this.source) take(message)
    })
  }

  private async watch(): Promise<void> {
    const { source } = this
    if (source === null || this.isAsking || Date.now() - this.heardTime < QUIET_MS) return
    this.isAsking = true
    const isReachable = await this.listener.isReachable()
    this.isAsking = false
    if (isReachable) this.heardTime = Date.now()
    else if (source === this.source) this.lose()
  }

  private lose(): void {
    if (this.source === null) return
    this.source.close()
    this.source = null
    if (this.connection.value.type !== 'lost') this.connection.value = { type: 'lost', since: this.heardTime }
    setTimeout(() => void this.comeBack(), this.pauseMs)
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2)
  }

  private async comeBack(): Promise<void> {
    if (await this.listener.isReachable()) {
      this.open()
      return
    }
    setTimeout(() => void this.comeBack(), this.pauseMs)
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2)
  }
}
