import type { BookView, CandlesView, CandleView, TrancheRow } from '../../src/api/index.js'
import { niceTicks, timeTicks } from '../charts/nice-ticks.js'
import { priceScale, pricesInReach } from '../ladder/price-scale.js'

/** A candle in pixels; `isUp` = it closed no lower than it opened. */
export interface CandleBox {
  readonly time: number
  readonly x: number
  readonly width: number
  readonly high: number
  readonly low: number
  readonly top: number
  readonly bottom: number
  readonly isUp: boolean
}

/** A line of a tranche that holds from its entry on. */
export interface TrancheLine {
  readonly tranche: string
  readonly type: 'entry' | 'stop' | 'target'
  readonly from: number
  readonly y: number
}

/** A point of a tranche's life. */
export interface TranchePoint {
  readonly tranche: string
  readonly type: 'entry' | 'exit'
  readonly side: 'LONG' | 'SHORT'
  readonly x: number
  readonly y: number
  readonly title: string
}

/** A candle chart in pixels. */
export interface CandleLayout {
  readonly width: number
  readonly height: number
  readonly right: number
  readonly bottom: number
  readonly candles: readonly CandleBox[]
  readonly lines: readonly TrancheLine[]
  readonly points: readonly TranchePoint[]
  readonly prices: readonly { readonly y: number; readonly value: number }[]
  readonly times: readonly { readonly x: number; readonly time: number }[]
  readonly markY: number | null
}

/** What the chart is drawn from. */
export interface CandleScene {
  readonly candles: CandlesView
  readonly book: BookView
  readonly width: number
  readonly height: number
}

const AXIS_WIDTH = 74
const FOOT = 24
const TOP = 10
const GAP = 0.3
const LINE_PRICES = 3

function openRows({ groups }: BookView): readonly TrancheRow[] {
  return groups.flatMap(({ tranches }) => tranches)
}

function closedRows({ closedDays }: BookView): readonly TrancheRow[] {
  return closedDays.flatMap(({ tranches }) => tranches)
}

function levelsOf(row: TrancheRow): readonly { readonly type: TrancheLine['type']; readonly price: string }[] {
  const open = row.takeProfit.levels.filter(({ isHit, isSkipped }) => !isHit && !isSkipped).map(({ price }) => price)
  const targets = row.takeProfit.kind === 'scaled' ? open : row.takeProfitPrice === null ? [] : [row.takeProfitPrice]
  return [
    { type: 'entry', price: row.entryPrice },
    ...(row.stopLossPrice === null ? [] : [{ type: 'stop', price: row.stopLossPrice } as const]),
    ...targets.slice(0, LINE_PRICES).map((price) => ({ type: 'target', price }) as const),
  ]
}

function pricesOf(candles: readonly CandleView[], book: BookView): readonly number[] {
  const seen = candles.flatMap(({ high, low }) => [Number(high), Number(low)])
  const centre = Number(book.mark ?? candles.at(-1)?.close ?? openRows(book)[0]?.entryPrice ?? 1)
  const levels = openRows(book).flatMap((row) => levelsOf(row).map(({ price }) => Number(price)))
  return [...seen, ...(levels.length === 0 ? [] : pricesInReach(levels, centre))]
}

function boxOf(
  candle: CandleView,
  toX: (time: number) => number,
  toY: (price: number) => number,
): Omit<CandleBox, 'width'> {
  const [open, close] = [Number(candle.open), Number(candle.close)]
  return {
    time: candle.time,
    x: toX(candle.time),
    high: toY(Number(candle.high)),
    low: toY(Number(candle.low)),
    top: toY(Math.max(open, close)),
    bottom: toY(Math.min(open, close)),
    isUp: close >= open,
  }
}

function pointsOf(
  row: TrancheRow,
): readonly (Omit<TranchePoint, 'x' | 'y'> & { readonly time: number; readonly price: number })[] {
  const { id: tranche, side, entryTime, entryPrice, reductions } = row
  return [
    {
      tranche,
      side,
      type: 'entry',
      time: entryTime,
      price: Number(entryPrice),
      title: `${tranche} entry ${entryPrice}`,
    },
    ...reductions.map(({ time, price, reason, quantity }) => ({
      tranche,
      side,
      type: 'exit' as const,
      time,
      price: Number(price),
      title: `${tranche} closed ${quantity} @ ${price}: ${reason}`,
    })),
  ]
}

/** Lays out candles with the entries, exits, stops and targets of a book on them. */
export function layoutCandles({ candles: view, book, width, height }: CandleScene): CandleLayout | null {
  const { candles, intervalMs } = view
  const [first] = candles
  const last = candles.at(-1)
  if (first === undefined || last === undefined) return null
  const right = width - AXIS_WIDTH
  const bottom = height - FOOT
  const span = last.time + intervalMs - first.time
  const toX = (time: number): number => ((time - first.time) / span) * right
  const scale = priceScale(pricesOf(candles, book), { top: TOP, bottom })
  const slot = (intervalMs / span) * right
  const points = [...openRows(book), ...closedRows(book)]
    .flatMap(pointsOf)
    .filter(({ time, price }) => time >= first.time && scale.isInside(price))
  const lines = openRows(book).flatMap((row) =>
    levelsOf(row)
      .filter(({ price }) => scale.isInside(Number(price)))
      .map(({ type, price }) => ({
        tranche: row.id,
        type,
        from: Math.min(right, Math.max(0, toX(row.entryTime))),
        y: scale.toY(Number(price)),
      })),
  )
  return {
    width,
    height,
    right,
    bottom,
    candles: candles.map((candle) => ({ ...boxOf(candle, toX, scale.toY), width: Math.max(1, slot * (1 - GAP)) })),
    lines,
    points: points.map(({ time, price, ...point }) => ({
      ...point,
      x: Math.min(right, toX(time)),
      y: scale.toY(price),
    })),
    prices: niceTicks(scale.low, scale.high, 6).map((value) => ({ value, y: scale.toY(value) })),
    times: timeTicks(first.time, last.time, Math.floor(right / 90)).map((time) => ({ time, x: toX(time) })),
    markY: book.mark === null ? null : scale.toY(Number(book.mark)),
  }
}
