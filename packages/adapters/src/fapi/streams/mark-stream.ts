import type { Clock } from '../../transport/clock.js'
import { parseLossless } from '../../transport/lossless-json.js'
import { openSession, ROTATION_MS } from '../../transport/socket-session.js'
import type { VenueStream } from '../../venue.js'
import type { MarketEvent } from '../../venue/account-event.js'
import { isUsdMargined, translateMark } from '../translate/mark-input.js'
import { parseMarkPriceUpdate } from '../wire/mark-price-update.js'
import { eventNameOf, payloadOf } from '../wire/stream-envelope.js'

/** How a stream of mark prices is built. */
export interface MarkStreamOptions {
  readonly clock: Clock
  readonly account: string
  readonly symbols: readonly string[]
  /** Base to which `/stream?streams=…` is added. */
  readonly base: string
  /** With more symbols than this, the stream of all symbols is read. */
  readonly mostSingleStreams: number
  readonly silenceMs: number
  readonly connectTimeoutMs: number
}

const OVERLAP_MS = 2_000

function streamNames({ symbols, mostSingleStreams }: MarkStreamOptions): string {
  if (symbols.length > mostSingleStreams) return '!markPrice@arr@1s'
  return symbols.map((symbol) => `${encodeURIComponent(symbol.toLowerCase())}@markPrice@1s`).join('/')
}

/** Marks of the wanted symbols out of one message; what cannot be read is quarantined, the rest is used. */
export function readMarks(
  text: string,
  options: Pick<MarkStreamOptions, 'account' | 'clock'>,
  wanted: ReadonlySet<string>,
): readonly MarketEvent[] {
  const quarantine = (error: unknown, raw: string): MarketEvent => ({
    type: 'quarantined',
    time: options.clock.now(),
    reason: error instanceof Error ? error.message : String(error),
    raw,
  })
  const read = (element: unknown): readonly MarketEvent[] => {
    try {
      const update = parseMarkPriceUpdate(element)
      return wanted.has(update.symbol) && isUsdMargined(update) ? [translateMark(update, options.account)] : []
    } catch (error) {
      return [quarantine(error, JSON.stringify(element))]
    }
  }
  try {
    const payload = payloadOf(parseLossless(text))
    if (Array.isArray(payload)) return payload.flatMap(read)
    return eventNameOf(payload) === null ? [] : read(payload)
  } catch (error) {
    return [quarantine(error, text)]
  }
}

/** Mark prices every second. A silent connection is dropped and built again. */
export function openMarkStream(options: MarkStreamOptions, listener: (event: MarketEvent) => void): VenueStream {
  const { clock, base, silenceMs, connectTimeoutMs } = options
  const wanted = new Set(options.symbols)
  const session = openSession({
    clock,
    address: () => Promise.resolve(`${base}/stream?streams=${streamNames(options)}`),
    listener: {
      onOpen: () => {
        listener({ type: 'connected', time: clock.now() })
      },
      onText: (text) => {
        for (const event of readMarks(text, options, wanted)) listener(event)
      },
      onLost: (reason, since) => {
        listener({ type: 'gap', time: clock.now(), since, reason })
      },
    },
    greetings: [],
    silenceMs,
    lifeSign: 'data',
    pingMs: null,
    connectTimeoutMs,
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
