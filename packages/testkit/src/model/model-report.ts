import type { ModelAmounts, ModelBook, ModelGroup, ModelReduction, ModelSide, ModelTranche } from './model-book.js'
import type { ModelInstrument } from './model-options.js'
import { gain, openCost, openQuantity, openTranches, unrealized } from './profit.js'
import { add, isZero, multiply, quotient, type Ratio, subtract, toText, total, ZERO } from '../exact/ratio.js'
import { exitPriceOf } from './tranche-steps.js'

/** A closed part as the report shows it; `null` = unknown, or unpriced in quote. */
export interface ModelReductionReport {
  readonly quantity: string
  readonly price: string
  readonly realizedPnl: string
  readonly fee: string | null
  readonly entryFee: string | null
  readonly time: number
  readonly tradeId: string | null
}

/** A tranche as the report shows it. `targetsAreOpen` = the rules do not say where its stop and target are. */
export interface ModelTrancheReport {
  readonly id: string
  readonly label: string | null
  readonly state: 'open' | 'closed' | 'liquidated' | 'merged'
  readonly isolated: boolean
  readonly entryPrice: string
  readonly quantity: string
  readonly originalQuantity: string
  readonly entryTime: number
  readonly takeProfitPrice: string | null
  readonly stopLossPrice: string | null
  readonly realizedPnl: string
  readonly unrealizedPnl: string | null
  readonly fees: string | null
  readonly funding: string | null
  readonly exitPrice: string | null
  readonly exitTime: number | null
  readonly reductions: readonly ModelReductionReport[]
  readonly targetsAreOpen: boolean
  readonly isScaled: boolean
  readonly levels: readonly { readonly price: string; readonly quantity: string; readonly hit: boolean }[]
}

/** A group as the report shows it. */
export interface ModelGroupReport {
  readonly side: ModelSide
  readonly quantity: string
  readonly weightedAverageEntry: string | null
  readonly realizedPnl: string
  readonly unrealizedPnl: string | null
  readonly syncStatus: string | null
  readonly tranches: readonly ModelTrancheReport[]
}

/** The comparable state of a book. */
export interface ModelReport {
  readonly groups: readonly ModelGroupReport[]
  /** What average cost realizes for the same fills, over all positions of the book. */
  readonly averageCostRealizedPnl: string
}

const textOf = (value: Ratio | null): string | null => (value === null ? null : toText(value))

/** One figure for amounts of several assets: known only where all of it is in quote. */
function inQuote(amounts: readonly ModelAmounts[], quoteAsset: string): Ratio | null {
  const entries = amounts.flatMap((one) => [...one]).filter(([, amount]) => !isZero(amount))
  return entries.every(([asset]) => asset === quoteAsset) ? total(entries.map(([, amount]) => amount)) : null
}

function reductionReport(reduction: ModelReduction, quoteAsset: string): ModelReductionReport {
  return {
    quantity: toText(reduction.quantity),
    price: toText(reduction.price),
    realizedPnl: toText(reduction.realizedPnl),
    fee: textOf(reduction.fee),
    entryFee: textOf(inQuote([reduction.entryFee], quoteAsset)),
    time: reduction.time,
    tradeId: reduction.tradeId,
  }
}

function trancheReport(tranche: ModelTranche, mark: Ratio | null, quoteAsset: string): ModelTrancheReport {
  const fees = tranche.unknownFees > 0 ? null : inQuote([tranche.openFees, tranche.realizedFees], quoteAsset)
  return {
    id: tranche.id,
    label: tranche.label,
    state: tranche.status,
    isolated: tranche.isolated,
    entryPrice: toText(tranche.entryPrice),
    quantity: toText(tranche.quantity),
    originalQuantity: toText(tranche.originalQuantity),
    entryTime: tranche.entryTime,
    takeProfitPrice: textOf(tranche.takeProfitPrice),
    stopLossPrice: textOf(tranche.stopPrice),
    realizedPnl: toText(tranche.realizedPnl),
    unrealizedPnl: textOf(openResult(tranche, mark)),
    fees: textOf(fees),
    funding: textOf(inQuote([tranche.funding], quoteAsset)),
    exitPrice: textOf(exitPriceOf(tranche)),
    exitTime: tranche.exitTime,
    reductions: tranche.reductions.map((reduction) => reductionReport(reduction, quoteAsset)),
    targetsAreOpen: tranche.areTargetsOpen,
    isScaled: tranche.levels.length > 0,
    levels: tranche.levels.map(({ price, quantity, hit }) => ({
      price: toText(price),
      quantity: toText(quantity),
      hit,
    })),
  }
}

function openResult(tranche: ModelTranche, mark: Ratio | null): Ratio | null {
  if (isZero(tranche.quantity)) return ZERO
  return mark === null ? null : unrealized(tranche, mark)
}

function groupReport(book: ModelBook, group: ModelGroup, quoteAsset: string): ModelGroupReport {
  const quantity = openQuantity(group)
  const open = openTranches(group)
  const { mark } = book
  const result = mark === null ? null : total(open.map((tranche) => unrealized(tranche, mark)))
  return {
    side: group.side,
    quantity: toText(quantity),
    weightedAverageEntry: isZero(quantity) ? null : toText(quotient(openCost(group), quantity)),
    realizedPnl: toText(total(group.tranches.map((tranche) => tranche.realizedPnl))),
    unrealizedPnl: isZero(quantity) ? '0' : textOf(result),
    syncStatus: book.sync[group.side] ?? book.sync.BOTH,
    tranches: group.tranches.map((tranche) => trancheReport(tranche, mark, quoteAsset)),
  }
}

/** Everything the model says about its book, as text. */
export function modelReport(book: ModelBook, instrument: ModelInstrument): ModelReport {
  const { LONG, SHORT, BOTH } = book.venue
  return {
    groups: [book.groups.LONG, book.groups.SHORT].map((group) => groupReport(book, group, instrument.quoteAsset)),
    averageCostRealizedPnl: toText(add(add(LONG.realizedPnl, SHORT.realizedPnl), BOTH.realizedPnl)),
  }
}

/** Gross realized + unrealized of everything at a price. */
export function modelResultAt(book: ModelBook, price: Ratio): Ratio {
  const groups = [book.groups.LONG, book.groups.SHORT]
  const realized = total(groups.flatMap((group) => group.tranches.map((tranche) => tranche.realizedPnl)))
  return add(realized, total(groups.flatMap(openTranches).map((tranche) => unrealized(tranche, price))))
}

/** What closes that found nothing would have earned since, had they opened the other side. */
export function modelUnmatchedAt(book: ModelBook, price: Ratio): Ratio {
  const groups = [book.groups.LONG, book.groups.SHORT]
  return total(
    groups.flatMap(({ side, unmatched }) =>
      unmatched.map((close) => multiply(gain(side, price, close.price), close.quantity)),
    ),
  )
}

/** The same by average cost. */
export function modelVenueResultAt(book: ModelBook, price: Ratio): Ratio {
  const positions = [book.venue.LONG, book.venue.SHORT, book.venue.BOTH]
  return total(
    positions.map(({ quantity, entryPrice, realizedPnl }) =>
      add(realizedPnl, multiply(subtract(price, entryPrice), quantity)),
    ),
  )
}
