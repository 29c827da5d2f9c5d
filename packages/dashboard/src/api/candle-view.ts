import type { DecimalText } from '@tranchebook/core'

/** Prices of one interval. */
export interface CandleView {
  /** Its beginning, epoch ms. */
  readonly time: number
  readonly open: DecimalText
  readonly high: DecimalText
  readonly low: DecimalText
  readonly close: DecimalText
}

/** Candles of a symbol, oldest first; intervals in which nothing was seen are left out. */
export interface CandlesView {
  readonly symbol: string
  readonly intervalMs: number
  /** `venue` = as the venue has them; `log` = made of the marks and fills that the log recorded. */
  readonly origin: 'venue' | 'log'
  readonly candles: readonly CandleView[]
}

/** Which candles are wanted. */
export interface CandleRequest {
  readonly symbol: string
  readonly intervalMs: number
  /** Epoch ms; oldest and newest beginning. */
  readonly from: number
  readonly to: number
}

/** Intervals that may be asked for, ms. */
export const CANDLE_INTERVALS = [60_000, 300_000, 900_000, 3_600_000, 14_400_000, 86_400_000] as const

/** Most candles of one answer. */
export const CANDLES_SHOWN = 1500
