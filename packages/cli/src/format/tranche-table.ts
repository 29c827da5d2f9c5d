import type { BookReport } from '@tranchebook/core'
import { amountCell, averageFigure, exactFigure, percentCell, resultCell, UNKNOWN } from './figure.js'
import { type Cell, type Column, formatTable } from './table.js'
import { formatTime } from './time.js'

/** A tranche as a report has it. */
export type TrancheReport = BookReport['groups'][number]['tranches'][number]

const COLUMNS: readonly Column[] = [
  { title: 'TRANCHE', align: 'left' },
  { title: 'STATE', align: 'left' },
  { title: 'ENTRY', align: 'decimal' },
  { title: 'REMAINING', align: 'decimal' },
  { title: 'ORIGINAL', align: 'decimal' },
  { title: 'UNREALIZED', align: 'decimal' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'MOVE', align: 'decimal' },
  { title: 'FEES', align: 'decimal' },
  { title: 'STOP', align: 'decimal' },
  { title: 'TARGET', align: 'decimal' },
  { title: 'EXIT', align: 'decimal' },
  { title: 'OPENED (UTC)', align: 'left' },
  { title: 'CLOSED (UTC)', align: 'left' },
  { title: 'BY', align: 'left' },
]

function nameOf({ id, label }: TrancheReport): string {
  return label === null || label === id ? id : `${id} ${label}`
}

function stateOf({ status, isolated, mergedInto }: TrancheReport): Cell {
  switch (status) {
    case 'active':
      return isolated ? { text: '◐ isolated', tone: 'loss' } : { text: '● active' }
    case 'closed':
      return { text: '○ closed', tone: 'dim' }
    case 'liquidated':
      return { text: '✕ liquidated', tone: 'loss' }
    case 'merged':
      return { text: `○ in ${mergedInto ?? UNKNOWN}`, tone: 'dim' }
  }
}

/** The target still to be reached: of the next level where profit is taken in levels. */
function nextTarget({ takeProfitPrice, takeProfitLevels }: TrancheReport): string | null {
  const next = takeProfitLevels.find(({ hitTime, quantity }) => hitTime === null && quantity !== '0')
  return takeProfitLevels.length === 0 ? takeProfitPrice : (next?.price ?? null)
}

function rowOf(tranche: TrancheReport): readonly Cell[] {
  const isOpen = tranche.status === 'active'
  return [
    { text: nameOf(tranche) },
    stateOf(tranche),
    { text: averageFigure(tranche.entryPrice, [tranche.entryPrice]) },
    { text: exactFigure(tranche.quantity) },
    { text: exactFigure(tranche.originalQuantity) },
    isOpen ? resultCell(tranche.unrealizedPnl) : { text: UNKNOWN },
    resultCell(tranche.realizedPnl),
    percentCell(tranche.pnlPercent),
    amountCell(tranche.fees),
    { text: isOpen ? exactFigure(tranche.stopLossPrice) : UNKNOWN },
    { text: isOpen ? exactFigure(nextTarget(tranche)) : UNKNOWN },
    {
      text: averageFigure(
        tranche.exitPrice,
        tranche.reductions.map(({ price }) => price),
      ),
    },
    { text: formatTime(tranche.entryTime) },
    { text: formatTime(tranche.exitTime) },
    { text: tranche.exitReason ?? '' },
  ]
}

/** One row per tranche, oldest first, closed ones included. */
export function trancheTable(tranches: readonly TrancheReport[], hasColour: boolean): string {
  return formatTable(COLUMNS, tranches.map(rowOf), hasColour)
}
