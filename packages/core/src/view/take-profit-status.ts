import type { Side, StopRung, TakeProfitLevel } from '../book/tranche.js'
import type { Decimal } from '../money/decimal.js'
import type { Price } from '../money/price.js'
import { levelResults } from './level-results.js'
import { averageExitOf } from './present-tranche.js'
import { AS_DECIMAL, orNull, type Presentation } from './presentation.js'
import type { RecordedReduction, TrancheRecord } from './tranche-record.js'

/** One level of scaled take profit and what became of it. */
export interface LevelStatus<Figure = Decimal> {
  /** 1-based. */
  readonly level: number
  readonly price: Figure
  readonly profitPercent: Figure
  readonly closePercent: Figure
  /** What it closes, shares of skipped levels included. */
  readonly quantity: Figure
  readonly filled: Figure
  /** Its price was reached, or its share was closed. */
  readonly isHit: boolean
  readonly hitTime: number | null
  /** Too small to close by itself: its share rolled on, or went with an earlier level. */
  readonly isSkipped: boolean
  /** Gross, quote, of what was closed for it; `null` = unknown. */
  readonly realizedPnl: Figure | null
}

/** A part that was closed. */
export interface PartialExit<Figure = Decimal> {
  readonly time: number
  readonly quantity: Figure
  readonly price: Figure
  /** Gross, quote. */
  readonly realizedPnl: Figure
  /** Levels it counted toward. */
  readonly levels: readonly number[]
  readonly reason: string
  readonly tradeId: string | null
}

/** Where a tranche stands on its way out. */
export interface TakeProfitStatus<Figure = Decimal> {
  readonly tranche: string
  readonly side: Side
  /** `single` = one target, `none` = no target at all. */
  readonly kind: 'scaled' | 'single' | 'none'
  readonly levels: readonly LevelStatus<Figure>[]
  /** Numbers of the levels hit, ascending. */
  readonly levelsHit: readonly number[]
  readonly originalQuantity: Figure
  readonly remainingQuantity: Figure
  readonly partialExits: readonly PartialExit<Figure>[]
  /** The nearest target not reached yet; `level` is `null` for a single one. `null` = none is left. */
  readonly nextTarget: { readonly level: number | null; readonly price: Figure } | null
  readonly stopPrice: Figure | null
  readonly stopRung: StopRung
  /** Of all that was closed so far. */
  readonly averageExitPrice: Figure | null
  /** Gross, quote, over all exits. */
  readonly realizedPnl: Figure
  /** True once nothing of it is open. */
  readonly isComplete: boolean
}

interface Target {
  readonly level: number | null
  readonly price: Price
}

function nextTargetOf({ levels, takeProfitPrice, quantity }: TrancheRecord): Target | null {
  if (quantity === 0n) return null
  if (levels.length === 0) return takeProfitPrice === null ? null : { level: null, price: takeProfitPrice }
  const index = levels.findIndex((level) => level.hitTime === null && level.quantity > level.filled)
  const level = levels[index]
  return level === undefined ? null : { level: index + 1, price: level.price }
}

function presentLevels<Figure>(record: TrancheRecord, present: Presentation<Figure>): readonly LevelStatus<Figure>[] {
  const results = levelResults(record)
  return record.levels.map((level: TakeProfitLevel, index) => ({
    level: index + 1,
    price: present.price(level.price),
    profitPercent: present.percent(level.profitPercent),
    closePercent: present.percent(level.closePercent),
    quantity: present.quantity(level.quantity),
    filled: present.quantity(level.filled),
    isHit: level.hitTime !== null,
    hitTime: level.hitTime,
    isSkipped: level.quantity === 0n,
    realizedPnl: orNull(results[index]?.realizedPnl ?? null, present.money),
  }))
}

function presentExit<Figure>(reduction: RecordedReduction, present: Presentation<Figure>): PartialExit<Figure> {
  return {
    time: reduction.time,
    quantity: present.quantity(reduction.quantity),
    price: present.price(reduction.price),
    realizedPnl: present.money(reduction.realizedPnl),
    levels: reduction.levels.map(({ level }) => level),
    reason: reduction.reason,
    tradeId: reduction.tradeId,
  }
}

/** Where a tranche stands on its way out, presented. */
export function presentTakeProfit<Figure>(
  record: TrancheRecord,
  present: Presentation<Figure>,
): TakeProfitStatus<Figure> {
  const levels = presentLevels(record, present)
  const next = nextTargetOf(record)
  return {
    tranche: record.id,
    side: record.side,
    kind: record.levels.length > 0 ? 'scaled' : record.takeProfitPrice === null ? 'none' : 'single',
    levels,
    levelsHit: levels.filter(({ isHit }) => isHit).map(({ level }) => level),
    originalQuantity: present.quantity(record.originalQuantity),
    remainingQuantity: present.quantity(record.quantity),
    partialExits: record.reductions.map((reduction) => presentExit(reduction, present)),
    nextTarget: orNull(next, ({ level, price }) => ({ level, price: present.price(price) })),
    stopPrice: orNull(record.stopPrice, present.price),
    stopRung: record.stopRung,
    averageExitPrice: orNull(averageExitOf(record), present.price),
    realizedPnl: present.money(record.realizedPnl),
    isComplete: record.quantity === 0n,
  }
}

/** Where a tranche stands on its way out, as `Decimal`. Give a record of the history; a live tranche goes through `recordOf`. */
export function takeProfitStatus(record: TrancheRecord): TakeProfitStatus {
  return presentTakeProfit(record, AS_DECIMAL)
}
