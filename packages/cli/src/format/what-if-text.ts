import { type BookEvent, type BookWhatIf, explainEvent, type WhatIfReport } from '@tranchebook/core'
import { inTone } from './colour.js'
import { exactFigure, resultCell, UNKNOWN } from './figure.js'
import { type Cell, type Column, formatTable } from './table.js'
import { formatTime } from './time.js'
import { visibleLine } from './visible-text.js'

type Group = BookWhatIf['groups'][number]
type Attributed = BookWhatIf['attribution'][number]
type Result = Group['base']

const RESULTS: readonly Column[] = [
  { title: 'SIDE', align: 'left' },
  { title: 'RUN', align: 'left' },
  { title: 'HELD', align: 'decimal' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'OPEN', align: 'decimal' },
]

const MOVED: readonly Column[] = [
  { title: 'ENTRY FILL', align: 'left' },
  { title: 'SIDE', align: 'left' },
  { title: 'BASE', align: 'left' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'OPEN', align: 'decimal' },
  { title: 'OTHER', align: 'left' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'OPEN', align: 'decimal' },
]

function isTraded({ base, other }: Group): boolean {
  return [base, other].some(({ quantity, realizedPnl }) => quantity !== '0' || realizedPnl !== '0')
}

function resultRow({ side }: Group, run: string, { quantity, realizedPnl, unrealizedPnl }: Result): readonly Cell[] {
  return [
    { text: side },
    { text: run },
    { text: exactFigure(quantity) },
    resultCell(realizedPnl),
    resultCell(unrealizedPnl),
  ]
}

function entryCells(entry: Attributed['base']): readonly Cell[] {
  if (entry === null) return [{ text: 'no entry' }, { text: UNKNOWN }, { text: UNKNOWN }]
  return [{ text: entry.tranche }, resultCell(entry.realizedPnl), resultCell(entry.unrealizedPnl)]
}

function movedRow({ tradeId, side, base, other }: Attributed): readonly Cell[] {
  return [{ text: tradeId }, { text: side }, ...entryCells(base), ...entryCells(other)]
}

function eventLine(event: BookEvent): string {
  return visibleLine(`  ${formatTime(event.time)}  ${explainEvent(event)}, because of ${event.causationId}`)
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines]
}

function hypotheticalLine({ kind, tradeId, why, pnl }: BookWhatIf['hypothetical'][number]): string {
  const worth = pnl === null ? 'an unknown amount' : resultCell(pnl).text
  return visibleLine(`  ${kind} fill ${tradeId}: ${why}; worth ${worth} in the base run`)
}

function bookText(book: BookWhatIf, hasColour: boolean): string {
  const { groups, attribution, orders, decisions, hypothetical, bookingsWithoutFill: estimates } = book
  const rows = groups
    .filter(isTraded)
    .flatMap((group) => [resultRow(group, 'base', group.base), resultRow(group, 'other', group.other)])
  const at = book.mark === null ? ', no mark is known' : ` at mark ${exactFigure(book.mark)}`
  const moved = attribution.length === 0 ? [] : [formatTable(MOVED, attribution.map(movedRow), hasColour)]
  return [
    inTone(visibleLine(`${book.stream}${at}`), 'strong', hasColour),
    ...(rows.length === 0 ? [] : [formatTable(RESULTS, rows, hasColour)]),
    book.isSameTotal ? 'the same total at any mark' : 'totals differ: not the same was booked',
    ...section('moved between tranches only, the same fills', moved),
    ...section('orders only the base run sends', orders.onlyBase.map(eventLine)),
    ...section('orders only the other run sends (their fills are not known)', orders.onlyOther.map(eventLine)),
    ...section('only the base run decides', decisions.onlyBase.map(eventLine)),
    ...section('only the other run decides', decisions.onlyOther.map(eventLine)),
    ...section(
      'recorded fills the other run would not have had (hypothetical: not part of its result)',
      hypothetical.map(hypotheticalLine),
    ),
    ...(estimates.base + estimates.other === 0
      ? []
      : ['', `bookings without a fill: base ${estimates.base}, other ${estimates.other}`]),
    '',
  ].join('\n')
}

/** A what-if for people. What merely moved, what would be done otherwise and what is hypothetical stand apart. */
export function whatIfText({ books, refusedInputs: { base, other } }: WhatIfReport, hasColour: boolean): string {
  const refused = base + other === 0 ? [] : [`inputs refused: base ${base}, other ${other}\n`]
  return [...books.map((book) => bookText(book, hasColour)), ...refused].join('\n')
}
