import { figureText } from '@tranchebook/core'
import type { BookView, CandlesView, CandleView, TrancheRow } from '../../src/api/index.js'
import { niceTicks, timeTicks } from '../charts/nice-ticks.js'
import { priceScale, type PriceScale } from '../ladder/price-scale.js'

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
  /** Levels too far out to be drawn, in words. */
  readonly beyond: { readonly above: readonly string[]; readonly below: readonly string[] }
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
const EDGE = 20
const LINE_PRICES = 3
const REACH = 0.6
const WIDEST_SLOT = 14
const BEYOND_SHOWN = 3

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

/** Prices the chart must show: all candles and entries, and the levels not farther from them than a share of what they span. */
function pricesOf(candles: readonly CandleView[], rows: readonly TrancheRow[]): readonly number[] {
  const traded = candles.flatMap(({ high, low }) => [Number(high), Number(low)])
  const seen = [...traded, ...rows.map(({ entryPrice }) => Number(entryPrice))]
  const [least, most] = [Math.min(...seen), Math.max(...seen)]
  const reach = (most - least) * REACH
  const levels = rows.flatMap((row) => levelsOf(row).map(({ price }) => Number(price)))
  return [...seen, ...levels.filter((price) => price >= least - reach && price <= most + reach)]
}

/** Levels beyond the edges, in words. */
function beyondOf(rows: readonly TrancheRow[], { low, high }: PriceScale): CandleLayout['beyond'] {
  const all = rows.flatMap((row) => levelsOf(row).map((level) => ({ ...level, name: `${row.id} ${level.type}` })))
  const words = (isOut: (price: number) => boolean): readonly string[] => {
    const out = all.filter(({ price }) => isOut(Number(price))).map(({ name, price }) => `${name} ${figureText(price)}`)
    return out.length > BEYOND_SHOWN ? [...out.slice(0, BEYOND_SHOWN), `${out.length - BEYOND_SHOWN} more`] : out
  }
  return { above: words((price) => price > high), below: words((price) => price < low) }
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
  const rows = openRows(book)
  const until = last.time + intervalMs
  const span = Math.max(until - first.time, (right / WIDEST_SLOT) * intervalMs)
  const toX = (time: number): number => ((time - until + span) / span) * right
  const scale = priceScale(pricesOf(candles, rows), { top: TOP, bottom })
  const slot = (intervalMs / span) * right
  const points = [...rows, ...closedRows(book)]
    .flatMap(pointsOf)
    .filter(({ time, price }) => time >= until - span && scale.isInside(price))
  const lines = rows.flatMap((row) =>
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
    times: timeTicks(until - span, until, Math.floor(right / 90))
      .map((time) => ({ time, x: toX(time) }))
      .filter(({ x }) => x >= EDGE && x <= right - EDGE),
    markY: book.mark === null ? null : scale.toY(Number(book.mark)),
    beyond: beyondOf(rows, scale),
  }
}
