import type { BookView, CandlesView, CandleView } from '../../src/api/index.js'

function stretch(candle: CandleView, mark: string): CandleView {
  return {
    ...candle,
    close: mark,
    high: Number(mark) > Number(candle.high) ? mark : candle.high,
    low: Number(mark) < Number(candle.low) ? mark : candle.low,
  }
}

/** Candles with the mark of the book in the newest one, or in a new one once its time has come. */
export function liveCandles(view: CandlesView, { mark, markTime, isPast }: BookView): CandlesView {
  const { candles, intervalMs } = view
  const last = candles.at(-1)
  if (mark === null || markTime === null || isPast || last === undefined || markTime < last.time) return view
  const time = Math.floor(markTime / intervalMs) * intervalMs
  if (time === last.time) return { ...view, candles: [...candles.slice(0, -1), stretch(last, mark)] }
  return { ...view, candles: [...candles, { time, open: mark, high: mark, low: mark, close: mark }] }
}
