import type { Clock } from '../../transport/clock.js'
import type { VenueStream } from '../../venue.js'
import type { PublicTrade, PublicTradeEvent } from '../../venue/market-source.js'
import { translatePublicTrade } from '../translate/public-trade.js'
import { parseAggregateTrade } from '../wire/aggregate-trade.js'
import { openMarketStream, streamName } from './market-stream.js'

/** How a stream of trades is built. */
export interface TradeStreamOptions {
  readonly clock: Clock
  readonly symbols: readonly string[]
  /** Base to which `/stream?streams=…` is added. */
  readonly base: string
}

/** Nobody has to trade: only without pongs is a connection dead. */
const SILENCE_MS = 150_000
const PING_MS = 60_000

/** Trades of others, as they happen. */
export function openTradeStream(options: TradeStreamOptions, listener: (event: PublicTradeEvent) => void): VenueStream {
  const { clock, symbols, base } = options
  const wanted = new Set(symbols)
  const streams = symbols.map((symbol) => streamName(symbol, 'aggTrade'))
  const read = (payload: unknown): readonly PublicTrade[] => {
    const trade = parseAggregateTrade(payload)
    return wanted.has(trade.symbol) ? [translatePublicTrade(trade)] : []
  }
  return openMarketStream(
    { clock, base, streams, silenceMs: SILENCE_MS, lifeSign: 'any', pingMs: PING_MS, read },
    listener,
  )
}
