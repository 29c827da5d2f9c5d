import { figureText, percentText } from '@tranchebook/core'
import type { LadderTarget, LadderTranche, LadderView } from './ladder-view.js'
import type { PriceScale } from './price-scale.js'
import { spreadLabels } from './spread-labels.js'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A text beside a column. */
export interface ColumnLabel {
  readonly type: 'entry' | 'stop' | 'target' | 'hit'
  /** Where it stands. */
  readonly y: number
  /** Where what it names is. */
  readonly anchorY: number
  readonly text: string
  /** Whether the line of the mark runs behind it. */
  readonly isOverMark: boolean
}

/** One tranche of the ladder in pixels. */
export interface ColumnLayout {
  readonly tranche: LadderTranche
  /** The whole of its place, for pointing at it. */
  readonly slot: Box
  readonly bodyX: number
  readonly bodyWidth: number
  /** From its lowest to its highest price. */
  readonly stem: { readonly top: number; readonly bottom: number }
  /** Risk: between entry and stop, where the stop is on the losing side. */
  readonly risk: Box | null
  /** One box up to each target that is still open; each as wide as what is still held there. */
  readonly steps: readonly Box[]
  /** What was closed already. */
  readonly closed: Box | null
  /** From entry to mark. */
  readonly result: (Box & { readonly isGain: boolean }) | null
  readonly entryY: number
  /** `pinned` = it lies beyond that edge of the scale. */
  readonly stop: { readonly y: number; readonly pinned: 'above' | 'below' | null } | null
  readonly targets: readonly {
    readonly x: number
    readonly y: number
    readonly isHit: boolean
  }[]
  readonly labels: readonly ColumnLabel[]
}

/** What a column is laid out in. */
export interface ColumnRoom {
  readonly slot: Box
  readonly scale: PriceScale
  readonly view: LadderView
  /** Pixels of the widest body. */
  readonly widest: number
  readonly labelGap: number
}

const LEAST_WIDTH = 10
const BODY_LEFT = 14
const LABEL_HALF = 7

function boxBetween(one: number, other: number, { x, width }: { x: number; width: number }): Box {
  return { x, width, y: Math.min(one, other), height: Math.abs(one - other) }
}

function widthsOf(tranche: LadderTranche, { view, widest }: ColumnRoom): { full: number; open: number } {
  const largest = Math.max(...view.tranches.map(({ originalQuantity }) => Number(originalQuantity)))
  const original = Number(tranche.originalQuantity)
  const full = Math.max(LEAST_WIDTH, widest * (original / largest))
  return { full, open: full * Math.min(1, Number(tranche.quantity) / original) }
}

function targetName({ level, sharePercent, isHit }: LadderTarget): string {
  const name = level === null ? 'TP' : `TP${level}`
  const share = sharePercent === null ? '' : ` ${percentText(sharePercent)}`
  return `${name}${share}${isHit ? ' hit' : ''}`
}

function labelsOf(tranche: LadderTranche, { scale, view, labelGap, slot }: ColumnRoom): readonly ColumnLabel[] {
  const { entryPrice, stopPrice, stopText, targets, label, id } = tranche
  const plain = (type: ColumnLabel['type'], price: string, text: string): ColumnLabel => {
    const arrow = scale.isInside(Number(price)) ? '' : Number(price) > scale.high ? ' ↑' : ' ↓'
    const anchorY = scale.toY(Number(price))
    return {
      type,
      y: anchorY,
      anchorY,
      isOverMark: false,
      text: arrow === '' ? text : `${text} ${figureText(price)}${arrow}`,
    }
  }
  const labels = [
    ...targets.map((target) => plain(target.isHit ? 'hit' : 'target', target.price, targetName(target))),
    plain('entry', entryPrice, `entry ${label ?? id}`),
    ...(stopPrice === null ? [] : [plain('stop', stopPrice, stopText)]),
  ]
  const room = { top: slot.y + 6, bottom: slot.y + slot.height - 6, gap: labelGap }
  const places = spreadLabels(
    labels.map(({ y }) => y),
    room,
  )
  const markY = view.mark === null ? -Infinity : scale.toY(Number(view.mark))
  return labels.map((one, index) => {
    const y = places[index] ?? one.y
    return { ...one, y, isOverMark: Math.abs(y - markY) < LABEL_HALF }
  })
}

interface Body {
  readonly x: number
  readonly full: number
  readonly open: number
  readonly base: number
}

function stepsOf({ targets, originalQuantity }: LadderTranche, body: Body, scale: PriceScale): readonly Box[] {
  const boxes: Box[] = []
  let { open: width, base } = body
  for (const { isHit, price, quantity } of targets) {
    if (isHit) continue
    const end = scale.toY(Number(price))
    boxes.push(boxBetween(base, end, { x: body.x, width: Math.max(2, width) }))
    width -= body.full * (Number(quantity) / Number(originalQuantity))
    base = end
  }
  return boxes
}

function closedBox(tranche: LadderTranche, body: Body, scale: PriceScale): Box | null {
  if (body.full - body.open < 0.5) return null
  const last = tranche.targets.filter(({ isHit }) => isHit).at(-1)
  const entryY = scale.toY(Number(tranche.entryPrice))
  const end = last === undefined ? body.base : scale.toY(Number(last.price))
  const box = { x: body.x + body.open, width: body.full - body.open }
  const drawn = boxBetween(entryY, end, box)
  return drawn.height < 4 ? { ...drawn, y: drawn.y - 4, height: 8 } : drawn
}

function resultBox(tranche: LadderTranche, body: Body, { scale, view }: ColumnRoom): ColumnLayout['result'] {
  if (view.mark === null) return null
  const move = Number(view.mark) - Number(tranche.entryPrice)
  const isGain = tranche.side === 'LONG' ? move >= 0 : move <= 0
  const [entryY, markY] = [scale.toY(Number(tranche.entryPrice)), scale.toY(Number(view.mark))]
  return { ...boxBetween(entryY, markY, { x: body.x, width: Math.max(2, body.open) }), isGain }
}

function targetSpots(tranche: LadderTranche, body: Body, scale: PriceScale): ColumnLayout['targets'] {
  return tranche.targets.map(({ price, isHit }) => ({
    x: body.x + body.full + 7,
    y: scale.toY(Number(price)),
    isHit,
  }))
}

function riskBox({ side, stopPrice, entryPrice }: LadderTranche, body: Body, scale: PriceScale): Box | null {
  if (stopPrice === null) return null
  const room = Number(entryPrice) - Number(stopPrice)
  if (side === 'LONG' ? room <= 0 : room >= 0) return null
  return boxBetween(scale.toY(Number(entryPrice)), scale.toY(Number(stopPrice)), {
    x: body.x,
    width: Math.max(2, body.open),
  })
}

function pinnedAt(price: number, { low, high }: PriceScale): 'above' | 'below' | null {
  if (price > high) return 'above'
  return price < low ? 'below' : null
}

/** Lays one tranche out in its slot. */
export function layoutColumn(tranche: LadderTranche, room: ColumnRoom): ColumnLayout {
  const { scale, slot } = room
  const { full, open } = widthsOf(tranche, room)
  const entryY = scale.toY(Number(tranche.entryPrice))
  const stopY = tranche.stopPrice === null ? null : scale.toY(Number(tranche.stopPrice))
  const body = { x: slot.x + BODY_LEFT, full, open, base: entryY }
  const targets = targetSpots(tranche, body, scale)
  const heights = [entryY, stopY ?? entryY, ...targets.map(({ y }) => y)]
  return {
    tranche,
    slot,
    bodyX: body.x,
    bodyWidth: full,
    stem: { top: Math.min(...heights), bottom: Math.max(...heights) },
    risk: riskBox(tranche, body, scale),
    steps: stepsOf(tranche, body, scale),
    closed: closedBox(tranche, body, scale),
    result: resultBox(tranche, body, room),
    entryY,
    stop: stopY === null ? null : { y: stopY, pinned: pinnedAt(Number(tranche.stopPrice), scale) },
    targets,
    labels: labelsOf(tranche, room),
  }
}
