import { negate, plus } from '../money/arithmetic.js'
import type { Decimal } from '../money/decimal.js'
import { powerOfTen } from '../money/fixed-point.js'
import { type Money, NO_MONEY } from '../money/money.js'
import { asPercent, PERCENT_DECIMALS } from '../money/percent.js'
import { divide } from '../money/rounding.js'
import { feesOf } from './present-tranche.js'
import { averageOf, ratePercent } from './level-statistics.js'
import { orNull, type Presentation } from './presentation.js'
import type { TrancheRecord } from './tranche-record.js'
import { netOf, type Valuation, valueInQuote } from './valuation.js'

/** How finished tranches ended, counted by one kind of result. Money is quote. */
export interface TradeFigures<Figure = Decimal> {
  readonly trades: number
  readonly wins: number
  readonly losses: number
  /** Result exactly 0. */
  readonly even: number
  /** Wins ÷ trades; `null` without trades. */
  readonly winRatePercent: Figure | null
  /** Σ of the wins. */
  readonly profit: Figure
  /** Σ of the losses, negative. */
  readonly loss: Figure
  /** Profit ÷ loss, to 12 decimals, nearest: above 1 earns; `null` without a loss. */
  readonly profitFactor: Figure | null
  readonly averageWin: Figure | null
  readonly averageLoss: Figure | null
  /** Result ÷ trades. */
  readonly expectancy: Figure | null
  readonly best: Figure | null
  readonly worst: Figure | null
}

/** Finished tranches by their gross results, and by what was left after fees and funding. */
export interface TradeStatistics<Figure = Decimal> {
  readonly gross: TradeFigures<Figure>
  /** `null` while a fee is unknown or an asset unpriced. */
  readonly net: TradeFigures<Figure> | null
  /** From the first entry to the last exit, ms, down; `null` without trades. */
  readonly averageHeldMs: number | null
}

/** A ratio of 1, in the decimals that a figure of 12 decimals has. */
const ONE = powerOfTen(PERCENT_DECIMALS)

function sumOf(results: readonly Money[]): Money {
  return results.reduce<Money>((sum, result) => plus(sum, result), NO_MONEY)
}

function extremeOf(results: readonly Money[], isBetter: (left: Money, right: Money) => boolean): Money | null {
  return results.reduce<Money | null>((best, result) => (best === null || isBetter(result, best) ? result : best), null)
}

function figuresOf<Figure>(results: readonly Money[], present: Presentation<Figure>): TradeFigures<Figure> {
  const wins = results.filter((result) => result > 0n)
  const losses = results.filter((result) => result < 0n)
  const [profit, loss] = [sumOf(wins), sumOf(losses)]
  const factor = loss === 0n ? null : asPercent(divide(profit * ONE, negate(loss), 'nearest'))
  return {
    trades: results.length,
    wins: wins.length,
    losses: losses.length,
    even: results.length - wins.length - losses.length,
    winRatePercent: orNull(ratePercent(wins.length, results.length), present.percent),
    profit: present.money(profit),
    loss: present.money(loss),
    profitFactor: orNull(factor, present.percent),
    averageWin: orNull(averageOf(profit, wins.length), present.money),
    averageLoss: orNull(averageOf(loss, losses.length), present.money),
    expectancy: orNull(averageOf(sumOf(results), results.length), present.money),
    best: orNull(
      extremeOf(results, (left, right) => left > right),
      present.money,
    ),
    worst: orNull(
      extremeOf(results, (left, right) => left < right),
      present.money,
    ),
  }
}

function netResultOf(record: TrancheRecord, at: Valuation): Money | null {
  const fees = record.unknownFeeCount > 0 ? null : valueInQuote(feesOf(record), at)
  return netOf(record.realizedPnl, fees, valueInQuote(record.funding, at))
}

function averageHeldOf(finished: readonly TrancheRecord[]): number | null {
  const held = finished.map(({ entryTime, exitTime }) => (exitTime ?? entryTime) - entryTime)
  return held.length === 0 ? null : Math.floor(held.reduce((sum, ms) => sum + ms, 0) / held.length)
}

/** Win rate, profit factor, averages and time held over the finished tranches among the records. */
export function tradeStatistics<Figure>(
  records: readonly TrancheRecord[],
  at: Valuation,
  present: Presentation<Figure>,
): TradeStatistics<Figure> {
  const finished = records.filter(({ status }) => status === 'closed' || status === 'liquidated')
  const nets = finished.map((record) => netResultOf(record, at))
  const known = nets.filter((net) => net !== null)
  return {
    gross: figuresOf(
      finished.map(({ realizedPnl }) => realizedPnl),
      present,
    ),
    net: known.length === nets.length ? figuresOf(known, present) : null,
    averageHeldMs: averageHeldOf(finished),
  }
}
