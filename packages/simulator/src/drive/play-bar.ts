import type { Price } from '@tranchebook/core'
import type { Exchange } from '../engine/exchange.js'
import { advanceTo } from '../engine/funding.js'
import { movePrice, type PriceAxis } from '../engine/move-price.js'
import { tellMark } from './tell-mark.js'

/** Four prices of a span of time. */
export interface BarPrices {
  readonly open: Price
  readonly high: Price
  readonly low: Price
  readonly close: Price
}

/** One bar. `mark` = the bar of the mark price; without it the mark follows the last price. */
export interface Bar extends BarPrices {
  readonly symbol: string
  /** Epoch ms. */
  readonly openTime: number
  readonly durationMs: number
  readonly mark?: BarPrices
}

/**
 * Which way the price goes inside a bar, which the bar does not say. `nearest`: first to the extreme nearer to the open, which is how most
 * bars run; the other two are for what-if: the same order for every bar.
 */
export type BarPath = 'nearest' | 'lowFirst' | 'highFirst'

function isLowFirst({ open, high, low }: BarPrices, path: BarPath): boolean {
  return path === 'nearest' ? open - low <= high - open : path === 'lowFirst'
}

/** The corners of a bar in the order in which the price meets them. A tie goes to the low. */
export function cornersOf(bar: BarPrices, path: BarPath): readonly [Price, Price, Price, Price] {
  return isLowFirst(bar, path) ? [bar.open, bar.low, bar.high, bar.close] : [bar.open, bar.high, bar.low, bar.close]
}

/**
 * Plays a bar: from the last price to the open as a gap, then in straight lines over both extremes to the close. Orders fill and triggers
 * fire on the way at their own price. The clock stands at a quarter of the bar per corner, and at its end afterwards.
 */
export function playBar(exchange: Exchange, bar: Bar, path: BarPath = 'nearest'): void {
  const { symbol, openTime, durationMs, mark } = bar
  const corners = cornersOf(bar, path)
  const marks = mark === undefined ? null : cornersOf(mark, isLowFirst(bar, path) ? 'lowFirst' : 'highFirst')
  const axis: PriceAxis = marks === null ? 'both' : 'last'
  for (let corner = 0; corner < 4; corner += 1) {
    advanceTo(exchange, openTime + Math.floor((durationMs * corner) / 4))
    const isGap = corner === 0
    const to = corners[corner] ?? bar.close
    movePrice(exchange, { symbol, to, axis, isGap })
    const markTo = marks?.[corner]
    if (markTo !== undefined) movePrice(exchange, { symbol, to: markTo, axis: 'mark', isGap })
  }
  advanceTo(exchange, openTime + durationMs - 1)
  tellMark(exchange, symbol)
}
