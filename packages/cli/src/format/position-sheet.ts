import type { ReportedPosition } from '../control/report-books.js'
import { inTone } from './colour.js'
import { averageFigure, exactFigure, resultCell, roundedFigure, UNKNOWN } from './figure.js'
import { formatLadder } from './ladder.js'
import { shieldCell } from './position-list.js'
import { trancheTable } from './tranche-table.js'
import { visibleLine } from './visible-text.js'

interface Figure {
  readonly name: string
  readonly value: string
  readonly unit: string
}

function figuresOf({ book, group, phase, shield }: ReportedPosition): readonly Figure[] {
  const { quoteAsset } = book
  const entries = group.tranches.map(({ entryPrice }) => entryPrice)
  const { bridge } = group
  const began = group.hasUnknownStart
    ? `, ${resultCell(bridge.unexplained).text} of it on what began before our first fill`
    : ''
  const bridgeText = bridge.difference === '0' ? '' : `, ${resultCell(bridge.difference).text} of it in what is open`
  return [
    { name: 'phase', value: phase.toLowerCase(), unit: '' },
    { name: 'protected', value: shieldCell(shield).text, unit: '' },
    { name: 'quantity', value: exactFigure(group.quantity), unit: '' },
    { name: 'average', value: averageFigure(group.weightedAverageEntry, entries), unit: quoteAsset },
    { name: 'breakeven', value: averageFigure(group.breakevenPrice, entries), unit: `${quoteAsset}, fees included` },
    { name: 'mark', value: exactFigure(group.mark), unit: quoteAsset },
    { name: 'unrealized', value: resultCell(group.unrealizedPnl).text, unit: quoteAsset },
    { name: 'realized', value: resultCell(group.realizedPnl).text, unit: quoteAsset },
    { name: 'at average cost', value: resultCell(bridge.averageCost).text, unit: `${quoteAsset}${bridgeText}` },
    {
      name: 'venue realized',
      value: resultCell(bridge.reported).text,
      unit: `${quoteAsset}, as the venue says${began}`,
    },
    { name: 'fees', value: roundedFigure(group.fees, 2), unit: quoteAsset },
    { name: 'funding', value: resultCell(group.funding).text, unit: quoteAsset },
    { name: 'net', value: resultCell(group.netPnl).text, unit: quoteAsset },
    { name: 'venue', value: group.syncStatus ?? UNKNOWN, unit: '' },
  ]
}

const CLOSED_SHOWN = 10

/** Open tranches and those that closed last; how many closed before. */
function tranchesOf({ group, book }: ReportedPosition, hasColour: boolean): readonly string[] {
  const { tranches } = group
  if (tranches.length === 0) return []
  const closed = tranches.filter(({ status }) => status !== 'active')
  const older = new Set(closed.slice(0, -CLOSED_SHOWN))
  const table = trancheTable(
    tranches.filter((tranche) => !older.has(tranche)),
    hasColour,
  )
  const more = `${older.size} closed before: tranchebook tranche list --all --symbol ${visibleLine(book.symbol)}`
  return ['', table, ...(older.size === 0 ? [] : [more])]
}

/** One side of a book: its figures with their units, its ladder, its tranches. */
export function positionSheet(position: ReportedPosition, hasColour: boolean): string {
  const { book, group } = position
  const figures = figuresOf(position).map(({ name, value, unit }) => `  ${name.padEnd(16)} ${value} ${unit}`.trimEnd())
  const hasOpen = group.quantity !== '0'
  return [
    inTone(visibleLine(`${book.account}/${book.symbol} ${group.side}`), 'strong', hasColour),
    ...figures,
    ...(hasOpen ? ['', formatLadder(group.tranches, group.mark)] : []),
    ...tranchesOf(position, hasColour),
    '',
  ].join('\n')
}
