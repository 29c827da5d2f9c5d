import type { Price, Quantity } from '@tranchebook/core'

/** Lengths of candles that every venue here knows. */
export const CANDLE_INTERVALS = ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'] as const

/** One of {@link CANDLE_INTERVALS}. */
export type CandleInterval = (typeof CANDLE_INTERVALS)[number]

/** Prices and traded quantity of a span of time. */
export interface Candle {
  /** Epoch ms, a whole multiple of the interval. */
  readonly openTime: number
  /** Last ms that belongs to it. */
  readonly closeTime: number
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
  /** In base units. */
  readonly volume: Quantity
}

/** Where prices of the past come from. Nothing that decides needs them; pages and paper trading do. */
export interface CandleSource {
  /**
   * The last candles, oldest first; the newest is still under way. At most 1,500, whatever `limit` says.
   *
   * @throws {VenueError} `venue.read.failed`
   */
  fetchCandles(symbol: string, interval: CandleInterval, limit: number): Promise<readonly Candle[]>
}
