import type { Decimal } from '../money/decimal.js'
import { plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY } from '../money/money.js'
import { ALL_PERCENT, asPercent, type Percent } from '../money/percent.js'
import { divide } from '../money/rounding.js'
import { levelResults } from './level-results.js'
import { orNull, type Presentation } from './presentation.js'
import type { TrancheRecord } from './tranche-record.js'

/** How one take-profit level does over many trades. */
export interface LevelFigures<Figure = Decimal> {
  /** 1-based. */
  readonly level: number
  /** Trades in which it had something to close; a skipped level has not. */
  readonly trades: number
  readonly hits: number
  /** Hits ÷ trades; `null` without trades. */
  readonly hitRatePercent: Figure | null
  /** Gross, quote. */
  readonly totalProfit: Figure
  /** Total ÷ hits; `null` without hits. */
  readonly averageProfit: Figure | null
}

/** How scaled take profit does: finished tranches that had levels. */
export interface LevelStatistics<Figure = Decimal> {
  readonly trades: number
  readonly levels: readonly LevelFigures<Figure>[]
  /** Trades in which every level was hit. */
  readonly fullExits: number
  readonly fullExitRatePercent: Figure | null
}

/** Part ÷ whole in percent, to 12 decimals, nearest; `null` for a whole of 0. */
export function ratePercent(part: number, whole: number): Percent | null {
  return whole === 0 ? null : asPercent(divide(BigInt(part) * ALL_PERCENT, BigInt(whole), 'nearest'))
}

/** Sum ÷ count, to 24 decimals, nearest; `null` for a count of 0. */
export function averageOf(sum: Money, count: number): Money | null {
  return count === 0 ? null : asMoney(divide(sum, BigInt(count), 'nearest'))
}

function figuresOf<Figure>(
  records: readonly TrancheRecord[],
  index: number,
  present: Presentation<Figure>,
): LevelFigures<Figure> {
  const offered = records.filter((record) => (record.levels[index]?.quantity ?? 0n) > 0n)
  const hits = offered.filter((record) => record.levels[index]?.hitTime !== null).length
  const total = offered.reduce<Money>(
    (sum, record) => plus(sum, levelResults(record)[index]?.realizedPnl ?? NO_MONEY),
    NO_MONEY,
  )
  return {
    level: index + 1,
    trades: offered.length,
    hits,
    hitRatePercent: orNull(ratePercent(hits, offered.length), present.percent),
    totalProfit: present.money(total),
    averageProfit: orNull(averageOf(total, hits), present.money),
  }
}

function isFullExit({ levels }: TrancheRecord): boolean {
  return levels.every(({ quantity, hitTime }) => quantity === 0n || hitTime !== null)
}

/** Hit counts, rates and averages per take-profit level, over the finished tranches among the records. */
export function levelStatistics<Figure>(
  records: readonly TrancheRecord[],
  present: Presentation<Figure>,
): LevelStatistics<Figure> {
  const finished = records.filter(
    ({ status, levels }) => (status === 'closed' || status === 'liquidated') && levels.length > 0,
  )
  const count = Math.max(0, ...finished.map(({ levels }) => levels.length))
  const fullExits = finished.filter(isFullExit).length
  return {
    trades: finished.length,
    levels: Array.from({ length: count }, (_, index) => figuresOf(finished, index, present)),
    fullExits,
    fullExitRatePercent: orNull(ratePercent(fullExits, finished.length), present.percent),
  }
}
