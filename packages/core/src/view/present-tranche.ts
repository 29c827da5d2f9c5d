import type { Amounts, TakeProfitLevel, Tranche } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { averagePrice, type Money } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import type { Price } from '../money/price.js'
import { pnlPercentAt } from '../policy/pnl.js'
import { orNull, type Presentation } from './presentation.js'
import { excursionsOf, marginOf, percentOf, unrealizedAt } from './profit-figures.js'
import { addAmounts } from '../evolve/amounts.js'
import type { RecordedReduction, TrancheRecord } from './tranche-record.js'
import type { LevelView, ReductionView, TrancheView, ViewPoint } from './tranche-view.js'
import { netOf, type Valuation, valueInQuote } from './valuation.js'

function recordedReduction(reduction: Tranche['reductions'][number]): RecordedReduction {
  return { ...reduction, levels: [], bridge: null, estimate: null, estimatedPrice: null }
}

/**
 * A live tranche as a record that knows nothing but what the book holds. Written out, not spread: pages ask for a thousand at once,
 * and a copy of so many fields by spread takes ten times as long.
 */
export function recordOf(tranche: Tranche): TrancheRecord {
  return {
    id: tranche.id,
    label: tranche.label,
    notes: tranche.notes,
    side: tranche.side,
    origin: tranche.origin,
    isolated: tranche.isolated,
    isolatedTime: tranche.isolatedTime,
    isolatedPrice: tranche.isolatedPrice,
    quantity: tranche.quantity,
    cost: tranche.cost,
    basisCost: tranche.basisCost,
    basisQuantity: tranche.basisQuantity,
    originalQuantity: tranche.originalQuantity,
    entryTime: tranche.entryTime,
    entryOrderIds: tranche.entryOrderIds,
    leverage: tranche.leverage,
    takeProfitPercent: tranche.takeProfitPercent,
    stopLossPercent: tranche.stopLossPercent,
    takeProfitPrice: tranche.takeProfitPrice,
    stopPrice: tranche.stopPrice,
    stopRung: tranche.stopRung,
    levels: tranche.levels,
    trailing: tranche.trailing,
    openFees: tranche.openFees,
    realizedFees: tranche.realizedFees,
    unknownFeeCount: tranche.unknownFeeCount,
    funding: tranche.funding,
    realizedPnl: tranche.realizedPnl,
    exitQuantity: tranche.exitQuantity,
    exitNotional: tranche.exitNotional,
    highestMark: tranche.highestMark,
    lowestMark: tranche.lowestMark,
    priceEstimated: tranche.priceEstimated,
    evidence: tranche.evidence,
    status: 'active',
    mergedInto: null,
    cycle: 0,
    entries: [],
    reductions: tranche.reductions.map(recordedReduction),
    exitTime: null,
    exitReason: null,
    isolations: [],
  }
}

/** All fees of a tranche, by asset. */
export function feesOf({ openFees, realizedFees }: Pick<Tranche, 'openFees' | 'realizedFees'>): Amounts {
  const sum = { ...openFees }
  addAmounts(sum, realizedFees)
  return sum
}

/** Amounts by asset, those of 0 left out. */
export function presentAmounts<Figure>(
  amounts: Readonly<Amounts>,
  present: Presentation<Figure>,
): Readonly<Record<string, Figure>> {
  const entries = Object.entries(amounts).filter(([, amount]) => amount !== 0n)
  return Object.fromEntries(entries.map(([asset, amount]) => [asset, present.money(amount)]))
}

function presentReduction<Figure>(
  reduction: RecordedReduction,
  { record, at, present }: { record: TrancheRecord; at: Valuation; present: Presentation<Figure> },
): ReductionView<Figure> {
  const isEntryFeeKnown = record.entries.every((entry) => entry.fee !== null)
  const entryFee = isEntryFeeKnown ? valueInQuote(reduction.entryFees, at) : null
  return {
    quantity: present.quantity(reduction.quantity),
    price: present.price(reduction.price),
    realizedPnl: present.money(reduction.realizedPnl),
    fee: orNull(reduction.fee, present.money),
    entryFee: orNull(entryFee, present.money),
    time: reduction.time,
    tradeId: reduction.tradeId,
    reason: reduction.reason,
    feeAsset: reduction.feeAsset,
    entryFeesByAsset: presentAmounts(reduction.entryFees, present),
    evidence: reduction.evidence,
    estimatedPrice: orNull(reduction.estimatedPrice, present.price),
    bridge: orNull(reduction.bridge, present.money),
  }
}

function presentLevel<Figure>(level: TakeProfitLevel, index: number, present: Presentation<Figure>): LevelView<Figure> {
  return {
    level: index + 1,
    price: present.price(level.price),
    profitPercent: present.percent(level.profitPercent),
    quantity: present.quantity(level.quantity),
    filled: present.quantity(level.filled),
    hitTime: level.hitTime,
  }
}

/** Average price of all that was closed so far, to 12 decimals, nearest. */
export function averageExitOf({
  exitNotional,
  exitQuantity,
}: Pick<Tranche, 'exitNotional' | 'exitQuantity'>): Price | null {
  return exitQuantity === 0n ? null : averagePrice(exitNotional, exitQuantity, 'nearest')
}

/** Cost of all that was closed so far, quote. */
export function closedCostOf({ side, exitNotional, realizedPnl }: TrancheRecord): Money {
  return side === 'LONG' ? minus(exitNotional, realizedPnl) : plus(exitNotional, realizedPnl)
}

interface Figures {
  readonly unrealized: Money | null
  readonly fees: Money | null
  readonly funding: Money | null
  readonly margin: Money
  readonly entryPrice: Price
  readonly exitPrice: Price | null
  readonly netPnl: Money | null
  readonly pnlPercent: Percent | null
  readonly roePercent: Percent | null
  readonly best: Percent | null
  readonly worst: Percent | null
}

function figuresOf(record: TrancheRecord, at: ViewPoint): Figures {
  const { side, cost, quantity, basisCost, basisQuantity } = record
  const isOpen = record.status === 'active'
  const unrealized = unrealizedAt({ side, cost, quantity }, at.mark)
  const fees = record.unknownFeeCount > 0 ? null : valueInQuote(feesOf(record), at)
  const funding = valueInQuote(record.funding, at)
  const margin = marginOf(cost, record.leverage)
  const extremes = excursionsOf(side, record.highestMark, record.lowestMark)
  const moveTo = (price: Price): Percent => pnlPercentAt({ side, cost: basisCost, quantity: basisQuantity }, price)
  return {
    unrealized,
    fees,
    funding,
    margin,
    entryPrice: averagePrice(basisCost, basisQuantity, 'nearest'),
    exitPrice: isOpen ? null : averageExitOf(record),
    netPnl: netOf(record.realizedPnl, fees, funding),
    pnlPercent: isOpen ? percentOf(unrealized, cost) : percentOf(record.realizedPnl, closedCostOf(record)),
    roePercent: isOpen ? percentOf(unrealized, margin) : null,
    best: orNull(extremes.best, moveTo),
    worst: orNull(extremes.worst, moveTo),
  }
}

/** A tranche, presented. */
export function presentTranche<Figure>(
  record: TrancheRecord,
  at: ViewPoint,
  present: Presentation<Figure>,
): TrancheView<Figure> {
  const figures = figuresOf(record, at)
  return {
    id: record.id,
    label: record.label,
    status: record.status,
    isolated: record.isolated,
    entryPrice: present.price(figures.entryPrice),
    quantity: present.quantity(record.quantity),
    originalQuantity: present.quantity(record.originalQuantity),
    entryTime: record.entryTime,
    takeProfitPrice: orNull(record.takeProfitPrice, present.price),
    stopLossPrice: orNull(record.stopPrice, present.price),
    realizedPnl: present.money(record.realizedPnl),
    unrealizedPnl: orNull(figures.unrealized, present.money),
    fees: orNull(figures.fees, present.money),
    funding: orNull(figures.funding, present.money),
    exitPrice: orNull(figures.exitPrice, present.price),
    exitTime: record.exitTime,
    reductions: record.reductions.map((reduction) => presentReduction(reduction, { record, at, present })),
    side: record.side,
    origin: record.origin,
    notes: [...record.notes],
    netPnl: orNull(figures.netPnl, present.money),
    pnlPercent: orNull(figures.pnlPercent, present.percent),
    leverage: record.leverage,
    margin: present.money(figures.margin),
    roePercent: orNull(figures.roePercent, present.percent),
    stopRung: record.stopRung,
    takeProfitLevels: record.levels.map((level, index) => presentLevel(level, index, present)),
    isolatedTime: record.isolatedTime,
    isolatedPrice: orNull(record.isolatedPrice, present.price),
    highestMark: orNull(record.highestMark, present.price),
    lowestMark: orNull(record.lowestMark, present.price),
    bestExcursionPercent: orNull(figures.best, present.percent),
    worstExcursionPercent: orNull(figures.worst, present.percent),
    feesByAsset: presentAmounts(feesOf(record), present),
    fundingByAsset: presentAmounts(record.funding, present),
    unknownFeeCount: record.unknownFeeCount,
    evidence: record.evidence,
    priceEstimated: record.priceEstimated,
    exitReason: record.exitReason,
    mergedInto: record.mergedInto,
  }
}
