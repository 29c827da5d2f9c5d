import { figureText } from '@tranchebook/core'
import { layoutColumn, type ColumnLayout } from './column-layout.js'
import type { LadderTranche, LadderView } from './ladder-view.js'
import { priceScale, pricesInReach, type PriceScale } from './price-scale.js'
import { chooseLabels } from './spread-labels.js'

/** How much room a ladder has, in pixels. */
export interface LadderSize {
  readonly width: number
  readonly height: number
}

/** A price written at the left. */
export interface AxisLabel {
  readonly y: number
  readonly text: string
  readonly type: 'mark' | 'stop' | 'entry' | 'target'
}

/** A ladder in pixels. */
export interface LadderLayout {
  readonly width: number
  readonly height: number
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  /** `full` = labels beside the columns; `tight` = no room for them. */
  readonly density: 'full' | 'tight'
  readonly axis: readonly AxisLabel[]
  readonly markY: number | null
  readonly columns: readonly ColumnLayout[]
}

/** Name, result, and what it waits for. */
export const FOOT_HEIGHT = 80
const TOP = 14
const LABEL_GAP = 14
const LETTER_WIDTH = 7.2
const WIDEST_BODY = 64
const BODY_SHARE = 0.3
const FULL_PITCH = 118
const LEAST_PITCH = 44
const WIDEST_PITCH = 300

interface PricedLabel {
  readonly type: AxisLabel['type']
  readonly price: string
}

function pricesOf({ entryPrice, stopPrice, targets }: LadderTranche): readonly PricedLabel[] {
  return [
    ...(stopPrice === null ? [] : [{ type: 'stop', price: stopPrice } as const]),
    { type: 'entry', price: entryPrice },
    ...targets.map(({ price }) => ({ type: 'target', price }) as const),
  ]
}

function pricedLabels({ mark, tranches }: LadderView): readonly PricedLabel[] {
  const all = tranches.flatMap(pricesOf)
  const rank = ['stop', 'entry', 'target']
  const ranked = all.toSorted((one, other) => rank.indexOf(one.type) - rank.indexOf(other.type))
  return mark === null ? ranked : [{ type: 'mark', price: mark }, ...ranked]
}

function scaleFor(view: LadderView, height: number): PriceScale {
  const prices = pricedLabels(view).map(({ price }) => Number(price))
  const centre = Number(view.mark ?? view.tranches[0]?.entryPrice ?? 1)
  const shown = prices.length === 0 ? [centre] : pricesInReach(prices, centre)
  return priceScale(shown, { top: TOP, bottom: height - FOOT_HEIGHT })
}

function axisOf(view: LadderView, scale: PriceScale): readonly AxisLabel[] {
  const known = new Set<string>()
  const labels = pricedLabels(view).flatMap(({ type, price }): AxisLabel[] => {
    if (known.has(price) || !scale.isInside(Number(price))) return []
    known.add(price)
    return [{ type, y: scale.toY(Number(price)), text: figureText(price, view.priceDecimals) }]
  })
  const shown = chooseLabels(
    labels.map(({ y }) => y),
    LABEL_GAP,
  )
  return labels.filter((_, index) => shown[index] === true)
}

/** Least width, in pixels, in which a ladder of so many tranches can be read. */
export function leastLadderWidth({ tranches, priceDecimals }: LadderView): number {
  return axisWidth(tranches, priceDecimals) + tranches.length * LEAST_PITCH
}

function axisWidth(tranches: readonly LadderTranche[], priceDecimals: number | null): number {
  const texts = tranches.flatMap(pricesOf).map(({ price }) => figureText(price, priceDecimals))
  return Math.max(6, ...texts.map((text) => text.length)) * LETTER_WIDTH + 18
}

/** Lays out the open tranches of a book: prices upward, one column each, oldest left, as wide as its quantity. */
export function layoutLadder(view: LadderView, { width, height }: LadderSize): LadderLayout {
  const scale = scaleFor(view, height)
  const left = axisWidth(view.tranches, view.priceDecimals)
  const plot = { left, right: width - 8, top: TOP, bottom: height - FOOT_HEIGHT }
  const pitch = Math.min(WIDEST_PITCH, (plot.right - left) / Math.max(1, view.tranches.length))
  const density = pitch >= FULL_PITCH ? 'full' : 'tight'
  const columns = view.tranches.map((tranche, index) =>
    layoutColumn(tranche, {
      slot: { x: left + index * pitch, y: plot.top, width: pitch, height: plot.bottom - plot.top },
      scale,
      view,
      widest: Math.min(WIDEST_BODY, pitch * (density === 'full' ? BODY_SHARE : BODY_SHARE + 0.1)),
      labelGap: LABEL_GAP,
    }),
  )
  const markY = view.mark === null ? null : scale.toY(Number(view.mark))
  return { width, height, plot, density, axis: axisOf(view, scale), markY, columns }
}
