import type { Clock } from '../../transport/clock.js'
import { parseLossless } from '../../transport/lossless-json.js'
import { openSession, ROTATION_MS, type SessionOptions } from '../../transport/socket-session.js'
import type { VenueStream } from '../../venue.js'
import type { ConnectionEvent, Quarantined } from '../../venue/account-event.js'
import { eventNameOf, payloadOf } from '../wire/stream-envelope.js'

/** What every stream of the market tells beside its own events. */
export type StreamNotice = Quarantined | Extract<ConnectionEvent, { type: 'connected' | 'gap' }>

/** How a stream of the market is built. */
export interface MarketStreamOptions<Event> extends Pick<SessionOptions, 'silenceMs' | 'lifeSign' | 'pingMs'> {
  readonly clock: Clock
  /** Base to which `/stream?streams=…` is added. */
  readonly base: string
  readonly streams: readonly string[]
  /** Reads one payload; empty = none of ours. */
  readonly read: (payload: unknown) => readonly Event[]
}

const OVERLAP_MS = 2_000
const CONNECT_TIMEOUT_MS = 10_000

/** The stream of a symbol and kind. */
export function streamName(symbol: string, kind: string): string {
  return `${encodeURIComponent(symbol.toLowerCase())}@${kind}`
}

/** Events of one message; what cannot be read is quarantined, the rest is used. */
export function readMessage<Event>(
  text: string,
  clock: Clock,
  read: (payload: unknown) => readonly Event[],
): readonly (Event | Quarantined)[] {
  const quarantine = (error: unknown, raw: string): Quarantined => ({
    type: 'quarantined',
    time: clock.now(),
    reason: error instanceof Error ? error.message : String(error),
    raw,
  })
  const readOne = (element: unknown): readonly (Event | Quarantined)[] => {
    try {
      return read(element)
    } catch (error) {
      return [quarantine(error, JSON.stringify(element))]
    }
  }
  try {
    const payload = payloadOf(parseLossless(text))
    if (Array.isArray(payload)) return payload.flatMap(readOne)
    return eventNameOf(payload) === null ? [] : readOne(payload)
  } catch (error) {
    return [quarantine(error, text)]
  }
}

/** Public streams over one connection. A silent connection is dropped and built again. */
export function openMarketStream<Event>(
  options: MarketStreamOptions<Event>,
  listener: (event: Event | StreamNotice) => void,
): VenueStream {
  const { clock, base, streams, silenceMs, lifeSign, pingMs, read } = options
  const session = openSession({
    clock,
    address: () => Promise.resolve(`${base}/stream?streams=${streams.join('/')}`),
    listener: {
      onOpen: () => {
        listener({ type: 'connected', time: clock.now() })
      },
      onText: (text) => {
        for (const event of readMessage(text, clock, read)) listener(event)
      },
      onLost: (reason, since) => {
        listener({ type: 'gap', time: clock.now(), since, reason })
      },
    },
    greetings: [],
    silenceMs,
    lifeSign,
    pingMs,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    rotationMs: ROTATION_MS,
    overlapMs: OVERLAP_MS,
    isHopeless: () => false,
  })
  return {
    opened: session.opened,
    resume: () => undefined,
    close: () => {
      session.close()
      return Promise.resolve()
    },
  }
}
