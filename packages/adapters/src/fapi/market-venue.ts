import type { Instrument } from '@tranchebook/core'
import type { VenueStream } from '../venue.js'
import type { MarketEvent } from '../venue/account-event.js'
import type { Candle, CandleInterval } from '../venue/candle.js'
import type { VenueCapabilities } from '../venue/capabilities.js'
import type { MarketSource, PublicTradeEvent } from '../venue/market-source.js'
import type { ApiSession } from './api-session.js'

/** Which candles to fetch. */
export interface CandleTerms {
  readonly symbol: string
  readonly interval: CandleInterval
  readonly limit: number
}

/** What a venue of this family shows to everybody, room by room. */
export interface MarketRooms<Session> {
  readonly fetchInstruments: (session: Session) => Promise<readonly Instrument[]>
  readonly fetchCandles: (session: Session, terms: CandleTerms) => Promise<readonly Candle[]>
  readonly streamMarks: (
    session: Session,
    symbols: readonly string[],
    listener: (event: MarketEvent) => void,
  ) => VenueStream
  readonly streamTrades: (
    session: Session,
    symbols: readonly string[],
    listener: (event: PublicTradeEvent) => void,
  ) => VenueStream
}

/** What a venue says of itself. */
export interface VenueFacts {
  readonly name: string
  readonly capabilities: VenueCapabilities
}

/** Running streams, which end with their venue. */
export interface StreamKeeper {
  readonly keep: (stream: VenueStream) => VenueStream
  readonly closeAll: () => Promise<void>
}

/** Keeps streams until all of them are closed. */
export function createStreamKeeper(): StreamKeeper {
  const streams = new Set<VenueStream>()
  return {
    keep: (stream) => {
      streams.add(stream)
      return stream
    },
    closeAll: async () => {
      await Promise.all([...streams].map((stream) => stream.close()))
      streams.clear()
    },
  }
}

/** The market of a venue, put together from its rooms. */
export function createMarket<Session extends ApiSession>(
  session: Session,
  { name, capabilities }: VenueFacts,
  rooms: MarketRooms<Session>,
): MarketSource {
  const { keep, closeAll } = createStreamKeeper()
  return {
    name,
    capabilities,
    fetchInstruments: () => rooms.fetchInstruments(session),
    fetchCandles: (symbol, interval, limit) => rooms.fetchCandles(session, { symbol, interval, limit }),
    syncClock: () => session.serverClock.sync(),
    streamMarks: (symbols, listener) => keep(rooms.streamMarks(session, symbols, listener)),
    streamTrades: (symbols, listener) => keep(rooms.streamTrades(session, symbols, listener)),
    close: async () => {
      await closeAll()
      await session.close()
    },
  }
}
