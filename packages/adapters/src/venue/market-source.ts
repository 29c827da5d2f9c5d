import type { Instrument, OrderSide, Price, Quantity } from '@tranchebook/core'
import type { VenueStream } from '../venue.js'
import type { ConnectionEvent, MarketEvent, Quarantined } from './account-event.js'
import type { CandleSource } from './candle.js'
import type { VenueCapabilities } from './capabilities.js'
import type { ClockReading } from './snapshots.js'

/** A trade of others that everybody sees. */
export interface PublicTrade {
  readonly type: 'publicTrade'
  /** Epoch ms of the venue. */
  readonly time: number
  readonly symbol: string
  readonly price: Price
  readonly quantity: Quantity
  readonly tradeId: string
  /** Who came to the other's order. */
  readonly takerSide: OrderSide
}

/** Everything a stream of trades tells. */
export type PublicTradeEvent = PublicTrade | Quarantined | Extract<ConnectionEvent, { type: 'connected' | 'gap' }>

/** What a venue shows to everybody: no account and no keys are needed. */
export interface MarketSource extends CandleSource {
  readonly name: string
  readonly capabilities: VenueCapabilities
  /** @throws {VenueError} `venue.read.failed` */
  fetchInstruments(): Promise<readonly Instrument[]>
  /** Asks the venue for its time and keeps the best reading. */
  syncClock(): Promise<ClockReading>
  streamMarks(symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream
  /** Trades as they happen, those of the same moment and price together. */
  streamTrades(symbols: readonly string[], listener: (event: PublicTradeEvent) => void): VenueStream
  close(): Promise<void>
}
