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
  { readonly type: 'connecting' } | { readonly type: 'live' } | { readonly type: 'lost'; readonly since: number }

/** Who is told what the stream says. */
export interface StreamListener {
  readonly onHello: (message: HelloMessage) => void
  readonly onEvent: (message: RecordedMessage) => void
  readonly onPrices: (messages: readonly PriceMessage[]) => void
  readonly onAccount: (account: AccountView) => void
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/** The server's events from a position on. A lost connection goes on where it stopped: nothing is missed, nothing comes twice. */
export class LiveStream {
  readonly connection = signal<Connection>({ type: 'connecting' })
  private readonly listener: StreamListener
  private source: EventSource | null = null
  private position: string
  private pauseMs = FIRST_PAUSE_MS

  constructor(position: string, listener: StreamListener) {
    this.position = position
    this.listener = listener
  }

  open(): void {
    const source = new EventSource(`${API_PATHS.stream}?after=${encodeURIComponent(this.position)}`)
    this.source = source
    source.addEventListener('hello', ({ data }: MessageEvent<string>) => {
      this.pauseMs = FIRST_PAUSE_MS
      this.connection.value = { type: 'live' }
      const hello = parseMessage('hello', data)
      if (hello.isReset) this.position = hello.position
      this.listener.onHello(hello)
    })
    source.addEventListener('event', ({ data, lastEventId }: MessageEvent<string>) => {
      this.position = lastEventId
      this.listener.onEvent(parseMessage('event', data))
    })
    source.addEventListener('prices', ({ data }: MessageEvent<string>) => {
      this.listener.onPrices(parseMessage('prices', data))
    })
    source.addEventListener('account', ({ data }: MessageEvent<string>) => {
      this.listener.onAccount(parseMessage('account', data))
    })
    source.addEventListener('error', () => {
      this.lose(source)
    })
  }

  close(): void {
    this.source?.close()
  }

  private lose(source: EventSource): void {
    if (this.connection.value.type !== 'lost') this.connection.value = { type: 'lost', since: Date.now() }
    source.close()
    setTimeout(() => {
      this.open()
    }, this.pauseMs)
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2)
  }
}
