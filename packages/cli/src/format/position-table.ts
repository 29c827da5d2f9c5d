import type { BookReport } from '@tranchebook/core'
import { amountCell, averageFigure, exactFigure, resultCell, UNKNOWN } from './figure.js'
import { type Cell, type Column, formatTable } from './table.js'

type GroupReport = BookReport['groups'][number]

/** A group and the book it belongs to. */
export interface Position {
  readonly book: BookReport
  readonly group: GroupReport
}

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', align: 'left' },
  { title: 'SIDE', align: 'left' },
  { title: 'QUANTITY', align: 'decimal' },
  { title: 'AVERAGE', align: 'decimal' },
  { title: 'MARK', align: 'decimal' },
  { title: 'UNREALIZED', align: 'decimal' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'FEES', align: 'decimal' },
  { title: 'FUNDING', align: 'decimal' },
  { title: 'NET', align: 'decimal' },
  { title: 'TRANCHES', align: 'left' },
  { title: 'VENUE', align: 'left' },
]

const ACCOUNT: Column = { title: 'ACCOUNT', align: 'left' }

function countsOf({ tranches, activeTranches, isolatedTranches }: GroupReport): string {
  const closed = tranches.length - activeTranches - isolatedTranches
  const counts = [
    [activeTranches, 'active'],
    [isolatedTranches, 'iso'],
    [closed, 'closed'],
  ] as const
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return parts.length === 0 ? UNKNOWN : parts.join(' ')
}

function venueCell({ hasUnknownStart, syncStatus }: GroupReport): Cell {
  if (hasUnknownStart) return { text: 'unknown start', tone: 'loss' }
  return { text: syncStatus ?? UNKNOWN, tone: syncStatus === 'drift' || syncStatus === 'conflict' ? 'loss' : 'plain' }
}

function rowOf({ book, group }: Position): readonly Cell[] {
  const entries = group.tranches.map((tranche) => tranche.entryPrice)
  const isOpen = group.weightedAverageEntry !== null
  return [
    { text: book.symbol },
    { text: group.side },
    { text: exactFigure(group.quantity) },
    { text: averageFigure(group.weightedAverageEntry, entries) },
    { text: exactFigure(group.mark) },
    isOpen ? resultCell(group.unrealizedPnl) : { text: UNKNOWN },
    resultCell(group.realizedPnl),
    amountCell(group.fees),
    resultCell(group.funding),
    resultCell(group.netPnl),
    { text: countsOf(group) },
    venueCell(group),
  ]
}

/** One row per symbol and side. */
export function positionTable(
  positions: readonly Position[],
  { hasAccounts, hasColour }: { readonly hasAccounts: boolean; readonly hasColour: boolean },
): string {
  if (!hasAccounts) return formatTable(COLUMNS, positions.map(rowOf), hasColour)
  const rows = positions.map((position) => [{ text: position.book.account }, ...rowOf(position)])
  return formatTable([ACCOUNT, ...COLUMNS], rows, hasColour)
}
