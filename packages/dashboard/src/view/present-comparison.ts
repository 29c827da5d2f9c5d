import {
  absolute,
  averagePrice,
  type AverageCost,
  formatMoney,
  formatPrice,
  formatQuantity,
  type PositionCheck,
  type PositionSide,
  type TrancheBook,
} from '@tranchebook/core'
import type { PositionComparison } from '../api/reconciliation-view.js'

function oursOf({ quantity, cost, realizedPnl }: AverageCost, positionSide: PositionSide): PositionComparison['ours'] {
  const average = quantity === 0n ? null : averagePrice(absolute(cost), absolute(quantity), 'nearest')
  return {
    quantity: formatQuantity(positionSide === 'BOTH' ? quantity : absolute(quantity)),
    averagePrice: average === null ? null : formatPrice(average),
    realizedPnl: formatMoney(realizedPnl),
  }
}

function venueOf(check: PositionCheck, { reportedPnl }: AverageCost): PositionComparison['venue'] {
  const { quantity, entryPrice, markPrice, time } = check
  return {
    quantity: formatQuantity(quantity),
    entryPrice: entryPrice === null ? null : formatPrice(entryPrice),
    markPrice: markPrice === null ? null : formatPrice(markPrice),
    realizedPnl: reportedPnl === null ? null : formatMoney(reportedPnl),
    time,
  }
}

function compare(book: TrancheBook, positionSide: PositionSide): PositionComparison {
  const average = book.averageCost[positionSide]
  const check = book.checks[positionSide]
  return {
    positionSide,
    ours: oursOf(average, positionSide),
    venue: check === null ? null : venueOf(check, average),
    status: check?.status ?? null,
    difference: check === null ? null : formatQuantity(check.difference),
    driftSince: check?.driftSince ?? null,
    looks: check?.looks ?? 0,
  }
}

/** Each position the venue could hold for a book, beside what we hold. */
export function comparePositions(book: TrancheBook): readonly PositionComparison[] {
  const sides: readonly PositionSide[] = book.positionMode === 'HEDGE' ? ['LONG', 'SHORT'] : ['BOTH']
  return sides.map((side) => compare(book, side))
}
