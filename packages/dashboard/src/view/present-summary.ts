import { AS_TEXT, formatMoney, formatPrice, notional, plus, presentLiveGroup, type Side } from '@tranchebook/core'
import type { AttentionReason, BookSummary, SideSummary } from '../api/book-list.js'
import { livePointOf, type Looking, priceDecimalsOf, quantityDecimalsOf } from './looking.js'
import { sumKnown, sumOf } from './sum-amounts.js'
import { usedSides } from './used-sides.js'

function summarizeSide(looking: Looking, side: Side): SideSummary {
  const view = presentLiveGroup(looking.fold.book, livePointOf(looking), { side, present: AS_TEXT, records: [] })
  const { tranches: _tranches, ...figures } = view
  return {
    side,
    quantity: figures.quantity,
    weightedAverageEntry: figures.weightedAverageEntry,
    unrealizedPnl: figures.unrealizedPnl,
    pnlPercent: figures.pnlPercent,
    realizedPnl: figures.realizedPnl,
    netPnl: figures.netPnl,
    activeTranches: figures.activeTranches,
    isolatedTranches: figures.isolatedTranches,
    phase: figures.phase,
    protected: figures.protected,
    uncovered: figures.uncovered,
    syncStatus: figures.syncStatus,
  }
}

function attentionOf(
  { fold: { book, fault }, isHalted, isWatched }: Looking,
  sides: readonly SideSummary[],
  unknownOrders: number,
): readonly AttentionReason[] {
  const reasons: readonly (readonly [AttentionReason, boolean])[] = [
    ['halted', isHalted || fault !== null],
    ['unprotected', isWatched && (book.unprotectedSince !== null || sides.some((side) => !side.protected))],
    ['unknownOrder', unknownOrders > 0],
    ['conflict', book.conflict !== null],
    ['drift', sides.some(({ syncStatus }) => syncStatus === 'drift')],
    ['isolated', sides.some(({ isolatedTranches }) => isolatedTranches > 0)],
    ['paused', book.pauses.length > 0],
  ]
  return reasons.flatMap(([reason, isSo]) => (isSo ? [reason] : []))
}

function notionalOf({ fold: { book }, mark }: Looking): string | null {
  const { LONG, SHORT } = book.groups
  return mark === null ? null : formatMoney(notional(mark, plus(LONG.quantity, SHORT.quantity)))
}

/** One book in a few figures. */
export function presentSummary(looking: Looking): BookSummary {
  const { fold, instrument, mark, markTime } = looking
  const { book } = fold
  const sides = usedSides(fold).map((side) => summarizeSide(looking, side))
  const unknownOrders = [...book.orders.values()].filter(({ state }) => state === 'unknown').length
  return {
    account: book.account,
    symbol: book.symbol,
    version: book.version,
    quoteAsset: instrument.quoteAsset,
    priceDecimals: priceDecimalsOf(instrument),
    quantityDecimals: quantityDecimalsOf(instrument),
    mark: mark === null ? null : formatPrice(mark),
    markTime,
    sides,
    realizedPnl: sumOf(sides.map(({ realizedPnl }) => realizedPnl)),
    unrealizedPnl: sumKnown(sides.map(({ unrealizedPnl }) => unrealizedPnl)),
    netPnl: sumKnown(sides.map(({ netPnl }) => netPnl)),
    notional: notionalOf(looking),
    unprotectedSince: book.unprotectedSince,
    unknownOrders,
    pauses: [...book.pauses],
    conflict: book.conflict,
    attention: attentionOf(looking, sides, unknownOrders),
    time: book.time,
  }
}

const RANKS: readonly AttentionReason[] = [
  'halted',
  'unprotected',
  'unknownOrder',
  'conflict',
  'drift',
  'isolated',
  'paused',
]

function rankOf({ attention: [worst] }: BookSummary): number {
  return worst === undefined ? RANKS.length : RANKS.indexOf(worst)
}

/** For ranking only: the rounding of a float decides nothing. */
function sizeOf({ notional: size }: BookSummary): number {
  return Number(size ?? 0)
}

/** Books that want attention first, worst first; then by size, then by name. */
export function sortByAttention(books: readonly BookSummary[]): readonly BookSummary[] {
  return books.toSorted(
    (left, right) =>
      rankOf(left) - rankOf(right) || sizeOf(right) - sizeOf(left) || (left.symbol < right.symbol ? -1 : 1),
  )
}
