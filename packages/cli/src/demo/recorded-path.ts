import { type Price } from '@tranchebook/core'
import { type BarPrices, cornersOf } from '@tranchebook/simulator'
import type { Waypoint } from './waypoint.js'

/** One recorded bar. */
export interface RecordedBar extends BarPrices {
  /** Epoch ms. */
  readonly openTime: number
}

/** One recorded trade of anybody. */
export interface RecordedTrade {
  /** Epoch ms. */
  readonly time: number
  readonly price: Price
}

/** What a market's file holds. */
export type Recorded =
  | { readonly type: 'bars'; readonly bars: readonly RecordedBar[]; readonly durationMs: number }
  | { readonly type: 'trades'; readonly trades: readonly RecordedTrade[] }

function* barPath(bars: readonly RecordedBar[], durationMs: number): Generator<Waypoint, void, undefined> {
  for (const bar of bars) {
    for (const [corner, price] of cornersOf(bar, 'nearest').entries())
      yield { time: bar.openTime + Math.floor((durationMs * corner) / 4), price, isGap: corner === 0 }
    yield { time: bar.openTime + durationMs - 1, price: bar.close, isGap: false }
  }
}

function* tradePath(trades: readonly RecordedTrade[]): Generator<Waypoint, void, undefined> {
  for (const { time, price } of trades) yield { time, price, isGap: true }
}

/** The path of a recorded price: bars over both extremes, the nearer one first; trades as jumps. */
export function recordedPath(recorded: Recorded): Generator<Waypoint, void, undefined> {
  return recorded.type === 'bars' ? barPath(recorded.bars, recorded.durationMs) : tradePath(recorded.trades)
}

/** The times a recording spans, epoch ms; `null` = it is empty. */
export function spanOf(recorded: Recorded): { readonly begin: number; readonly end: number } | null {
  if (recorded.type === 'trades') {
    const [first, last] = [recorded.trades[0], recorded.trades.at(-1)]
    return first === undefined || last === undefined ? null : { begin: first.time, end: last.time }
  }
  const [first, last] = [recorded.bars[0], recorded.bars.at(-1)]
  if (first === undefined || last === undefined) return null
  return { begin: first.openTime, end: last.openTime + recorded.durationMs }
}

/** What lies between two times; `null` = no bound. Bars count by their beginning. */
export function between(recorded: Recorded, from: number | null, until: number | null): Recorded {
  const isIn = (time: number): boolean => (from === null || time >= from) && (until === null || time < until)
  return recorded.type === 'bars'
    ? { ...recorded, bars: recorded.bars.filter(({ openTime }) => isIn(openTime)) }
    : { ...recorded, trades: recorded.trades.filter(({ time }) => isIn(time)) }
}
