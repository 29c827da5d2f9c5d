import { type Exchange, marketOf } from './exchange.js'
import { mergeBars, MINUTE_MS, type MinuteBar, minutesUntil } from './minute-bars.js'
import { CANDLE_INTERVALS, type CandleInterval } from '@tranchebook/adapters'

const MINUTES = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '6h': 360,
  '8h': 480,
  '12h': 720,
  '1d': 1_440,
} as const satisfies Record<CandleInterval, number>

/** A word for an interval; `null` = none of ours. */
export function parseInterval(text: string): CandleInterval | null {
  return CANDLE_INTERVALS.find((interval) => interval === text) ?? null
}

/** Length of an interval, in ms. */
export function intervalMs(interval: CandleInterval): number {
  return MINUTES[interval] * MINUTE_MS
}

/** Bars of the last price, oldest first; as far back as 1,500 minutes. */
export function barsOf(exchange: Exchange, symbol: string, interval: CandleInterval): readonly MinuteBar[] {
  const { minutes } = marketOf(exchange, symbol)
  return mergeBars(minutesUntil(minutes, exchange.time), intervalMs(interval))
}
