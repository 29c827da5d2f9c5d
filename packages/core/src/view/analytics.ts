import type { Decimal } from '../money/decimal.js'
import type { Price } from '../money/price.js'
import { pnlPercentAt } from '../policy/pnl.js'
import { type IsolationReport, reportIsolation } from './isolation-report.js'
import { type LevelStatistics, levelStatistics } from './level-statistics.js'
import { breakDownPnl, type PnlBreakdown } from './pnl-breakdown.js'
import { orNull, type Presentation } from './presentation.js'
import { excursionsOf, percentOf } from './profit-figures.js'
import { closedCostOf } from './present-tranche.js'
import { type TradeStatistics, tradeStatistics } from './trade-statistics.js'
import type { TrancheHistory, TrancheRecord } from './tranche-record.js'
import type { ViewPoint } from './tranche-view.js'

/** How far a tranche went in its own life, as moves on its entry, and what came of it. */
export interface ExcursionView<Figure = Decimal> {
  readonly tranche: string
  readonly bestPercent: Figure | null
  readonly worstPercent: Figure | null
  /** Realized in percent of the cost of what was closed; `null` = nothing was. */
  readonly resultPercent: Figure | null
}

/** What a book's history says about the way it was traded. */
export interface Analytics<Figure = Decimal> {
  readonly pnl: PnlBreakdown<Figure>
  readonly trades: TradeStatistics<Figure>
  readonly takeProfit: LevelStatistics<Figure>
  readonly isolation: IsolationReport<Figure>
  readonly excursions: readonly ExcursionView<Figure>[]
}

/** What analytics are made with. */
export interface AnalyticsRequest<Figure> {
  readonly at: ViewPoint
  /** Epoch ms. */
  readonly now: number
  readonly present: Presentation<Figure>
}

function excursionOf<Figure>(record: TrancheRecord, present: Presentation<Figure>): ExcursionView<Figure> {
  const { side, basisCost, basisQuantity } = record
  const { best, worst } = excursionsOf(side, record.highestMark, record.lowestMark)
  const moveTo = (price: Price): Figure =>
    present.percent(pnlPercentAt({ side, cost: basisCost, quantity: basisQuantity }, price))
  return {
    tranche: record.id,
    bestPercent: orNull(best, moveTo),
    worstPercent: orNull(worst, moveTo),
    resultPercent: orNull(percentOf(record.realizedPnl, closedCostOf(record)), present.percent),
  }
}

/** Everything that can be counted about a history: results cut four ways, trades, levels, isolation, excursions. */
export function analyze<Figure>(history: TrancheHistory, request: AnalyticsRequest<Figure>): Analytics<Figure> {
  const { at, now, present } = request
  const records = [...history.tranches.values()].filter(({ status }) => status !== 'merged')
  return {
    pnl: breakDownPnl(history, at, present),
    trades: tradeStatistics(records, at, present),
    takeProfit: levelStatistics(records, present),
    isolation: reportIsolation([...history.tranches.values()], { now, mark: at.mark }, present),
    excursions: records.map((record) => excursionOf(record, present)),
  }
}
