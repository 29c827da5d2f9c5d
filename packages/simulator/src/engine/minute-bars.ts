import { asQuantity, larger, NO_QUANTITY, type Price, type Quantity, smaller } from '@tranchebook/core'

/** One minute of the last price. */
export interface MinuteBar {
  readonly openTime: number
  readonly open: Price
  high: Price
  low: Price
  close: Price
  /** What our accounts took and what trades of others moved. */
  volume: Quantity
  trades: number
}

/** The minutes of a market as far back as they are kept; minutes without news are flat. */
export interface Minutes {
  readonly past: MinuteBar[]
  current: MinuteBar
}

/** Length of a minute, in ms. */
export const MINUTE_MS = 60_000
const MOST_PAST = 1_499

function barAt(openTime: number, price: Price): MinuteBar {
  return { openTime, open: price, high: price, low: price, close: price, volume: NO_QUANTITY, trades: 0 }
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS
}

/** The minutes of a market that has just opened. */
export function openMinutes(time: number, price: Price): Minutes {
  return { past: [], current: barAt(minuteOf(time), price) }
}

/** The bar of the present minute. */
function presentBar(minutes: Minutes, time: number): MinuteBar {
  const { past, current } = minutes
  if (time < current.openTime + MINUTE_MS) return current
  const present = minuteOf(time)
  past.push(current)
  const next = Math.max(current.openTime + MINUTE_MS, present - MOST_PAST * MINUTE_MS)
  for (let openTime = next; openTime < present; openTime += MINUTE_MS) past.push(barAt(openTime, current.close))
  while (past.length > MOST_PAST) past.shift()
  minutes.current = barAt(present, current.close)
  return minutes.current
}

/** Notes where the last price went. */
export function notePrice(minutes: Minutes, time: number, price: Price): void {
  const bar = presentBar(minutes, time)
  bar.high = larger(bar.high, price)
  bar.low = smaller(bar.low, price)
  bar.close = price
}

/** Notes a trade. What our accounts pay beside the last price is seen, and leaves the last price alone. */
export function noteTrade(
  minutes: Minutes,
  time: number,
  { price, quantity }: { readonly price: Price; readonly quantity: Quantity },
): void {
  const bar = presentBar(minutes, time)
  bar.high = larger(bar.high, price)
  bar.low = smaller(bar.low, price)
  bar.volume = asQuantity(bar.volume + quantity)
  bar.trades += 1
}

/** Every minute that is kept, oldest first, up to the present one. */
export function minutesUntil(minutes: Minutes, time: number): readonly MinuteBar[] {
  const current = presentBar(minutes, time)
  return [...minutes.past, current]
}

/** Longer bars out of minutes. */
export function mergeBars(bars: readonly MinuteBar[], lengthMs: number): readonly MinuteBar[] {
  const long: MinuteBar[] = []
  for (const bar of bars) {
    const openTime = Math.floor(bar.openTime / lengthMs) * lengthMs
    const current = long.at(-1)
    if (current?.openTime !== openTime) long.push({ ...bar, openTime })
    else {
      current.high = larger(current.high, bar.high)
      current.low = smaller(current.low, bar.low)
      current.close = bar.close
      current.volume = asQuantity(current.volume + bar.volume)
      current.trades += bar.trades
    }
  }
  return long
}
