import { type BookEvent, formatPrice, larger, parsePrice, type Price, smaller } from '@tranchebook/core'
import { type CandleRequest, CANDLES_SHOWN, type CandleView } from '../api/candle-view.js'

interface Candle {
  readonly time: number
  readonly open: Price
  high: Price
  low: Price
  close: Price
}

interface Seen {
  readonly time: number
  readonly price: Price
  readonly high: Price
  readonly low: Price
}

function seenIn(event: BookEvent): Seen | null {
  if (event.type === 'MarkObserved') {
    const { markTime: time, price, high, low } = event
    return { time, price: parsePrice(price), high: parsePrice(high), low: parsePrice(low) }
  }
  if (event.type !== 'FillBooked') return null
  const price = parsePrice(event.price)
  return { time: event.time, price, high: price, low: price }
}

function widen(candle: Candle, { price, high, low }: Seen): void {
  candle.high = larger(candle.high, high)
  candle.low = smaller(candle.low, low)
  candle.close = price
}

function present({ time, open, high, low, close }: Candle): CandleView {
  return { time, open: formatPrice(open), high: formatPrice(high), low: formatPrice(low), close: formatPrice(close) }
}

/** Candles of what a log recorded: its marks with their extremes, and its fills. The newest ones where there are too many. */
export async function candlesFromLog(
  batches: AsyncIterable<readonly BookEvent[]>,
  { intervalMs, from, to }: CandleRequest,
): Promise<readonly CandleView[]> {
  const candles = new Map<number, Candle>()
  for await (const batch of batches)
    for (const event of batch) {
      const seen = seenIn(event)
      if (seen === null) continue
      const time = Math.floor(seen.time / intervalMs) * intervalMs
      if (time < from || time > to) continue
      const known = candles.get(time)
      if (known !== undefined) widen(known, seen)
      else candles.set(time, { time, open: seen.price, high: seen.high, low: seen.low, close: seen.price })
    }
  return [...candles.values()]
    .toSorted((left, right) => left.time - right.time)
    .slice(-CANDLES_SHOWN)
    .map(present)
}
