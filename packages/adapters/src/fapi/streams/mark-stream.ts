import type { MarkInput } from '@tranchebook/core'
import type { Clock } from '../../transport/clock.js'
import type { VenueStream } from '../../venue.js'
import type { MarketEvent, Quarantined } from '../../venue/account-event.js'
import { isUsdMargined, translateMark } from '../translate/mark-input.js'
import { parseMarkPriceUpdate } from '../wire/mark-price-update.js'
import { openMarketStream, readMessage, streamName } from './market-stream.js'

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
}

function markReader(account: string, wanted: ReadonlySet<string>): (payload: unknown) => readonly MarkInput[] {
  return (payload) => {
    const update = parseMarkPriceUpdate(payload)
    return wanted.has(update.symbol) && isUsdMargined(update) ? [translateMark(update, account)] : []
  }
}

/** Marks of the wanted symbols out of one message; what cannot be read is quarantined, the rest is used. */
export function readMarks(
  text: string,
  { account, clock }: Pick<MarkStreamOptions, 'account' | 'clock'>,
  wanted: ReadonlySet<string>,
): readonly (MarkInput | Quarantined)[] {
  return readMessage(text, clock, markReader(account, wanted))
}

/** Mark prices every second. */
export function openMarkStream(options: MarkStreamOptions, listener: (event: MarketEvent) => void): VenueStream {
  const { clock, account, symbols, base, mostSingleStreams, silenceMs } = options
  const isEach = symbols.length <= mostSingleStreams
  const streams = isEach ? symbols.map((symbol) => streamName(symbol, 'markPrice@1s')) : ['!markPrice@arr@1s']
  const read = markReader(account, new Set(symbols))
  return openMarketStream({ clock, base, streams, silenceMs, lifeSign: 'data', pingMs: null, read }, listener)
}
