import { formatDuration } from '@tranchebook/core'
import type { ReportedPosition } from '../control/report-books.js'
import type { Shield } from '../control/shield.js'
import { averageFigure, exactFigure, resultCell, UNKNOWN } from './figure.js'
import { type Cell, type Column, formatTable } from './table.js'

const COLUMNS: readonly Column[] = [
  { title: 'SYMBOL', align: 'left' },
  { title: 'SIDE', align: 'left' },
  { title: 'QUANTITY', align: 'decimal' },
  { title: 'AVERAGE', align: 'decimal' },
  { title: 'MARK', align: 'decimal' },
  { title: 'UNREALIZED', align: 'decimal' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'TRANCHES', align: 'left' },
  { title: 'PROTECTED', align: 'left' },
]

const ACCOUNT: Column = { title: 'ACCOUNT', align: 'left' }

function openTranches({ group: { activeTranches, isolatedTranches } }: ReportedPosition): string {
  const parts = [
    ...(activeTranches === 0 ? [] : [`${activeTranches} active`]),
    ...(isolatedTranches === 0 ? [] : [`${isolatedTranches} iso`]),
  ]
  return parts.length === 0 ? UNKNOWN : parts.join(' ')
}

/** Whether a position is behind its stops: `yes`, or since when not, and which tranches. */
export function shieldCell(shield: Shield | null): Cell {
  if (shield === null) return { text: UNKNOWN }
  if (shield.protected) return { text: 'yes' }
  const { uncovered, unprotectedMs } = shield
  const since = unprotectedMs === null ? '' : ` for ${formatDuration(unprotectedMs)}`
  const which = uncovered.map(({ tranche, quantity }) => `${tranche} ${exactFigure(quantity)}`).join(', ')
  return { text: `NO${since}: ${which}`, tone: 'loss' }
}

function rowOf(position: ReportedPosition): readonly Cell[] {
  const { book, group, shield } = position
  const isOpen = group.weightedAverageEntry !== null
  return [
    { text: book.symbol },
    { text: group.side },
    { text: exactFigure(group.quantity) },
    {
      text: averageFigure(
        group.weightedAverageEntry,
        group.tranches.map(({ entryPrice }) => entryPrice),
      ),
    },
    { text: exactFigure(group.mark) },
    isOpen ? resultCell(group.unrealizedPnl) : { text: UNKNOWN },
    resultCell(group.realizedPnl),
    { text: openTranches(position) },
    shieldCell(shield),
  ]
}

/** One row per symbol and side: what is held, what it is worth, whether it is protected. */
export function positionList(positions: readonly ReportedPosition[], hasColour: boolean): string {
  const hasAccounts = new Set(positions.map(({ book }) => book.account)).size > 1
  if (!hasAccounts) return formatTable(COLUMNS, positions.map(rowOf), hasColour)
  const rows = positions.map((position) => [{ text: position.book.account }, ...rowOf(position)])
  return formatTable([ACCOUNT, ...COLUMNS], rows, hasColour)
}
