import { formatClock, formatDay, percentText } from '@tranchebook/core'
import { averageFigure, exactFigure, resultCell, roundedFigure } from './figure.js'
import { formatLadder } from './ladder.js'
import { type Column, formatTable } from './table.js'
import { type TrancheReport, trancheTable } from './tranche-table.js'

const LEVELS: readonly Column[] = [
  { title: 'LEVEL', align: 'left' },
  { title: 'PRICE', align: 'decimal' },
  { title: 'PROFIT', align: 'right' },
  { title: 'CLOSES', align: 'decimal' },
  { title: 'FILLED', align: 'decimal' },
  { title: 'HIT (UTC)', align: 'left' },
]

const REDUCTIONS: readonly Column[] = [
  { title: 'CLOSED (UTC)', align: 'left' },
  { title: 'QUANTITY', align: 'decimal' },
  { title: 'PRICE', align: 'decimal' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'FEE', align: 'decimal' },
  { title: 'WHY', align: 'left' },
  { title: 'FILL', align: 'left' },
  { title: 'EVIDENCE', align: 'left' },
]

function timeText(time: number | null): string {
  return time === null ? '' : `${formatDay(time)} ${formatClock(time)}`
}

function levelTable({ takeProfitLevels }: TrancheReport, hasColour: boolean): string {
  const rows = takeProfitLevels.map(({ level, price, profitPercent, quantity, filled, hitTime }) => [
    { text: `${hitTime === null ? '○' : '●'} TP${level}` },
    { text: exactFigure(price) },
    { text: percentText(profitPercent) },
    { text: exactFigure(quantity) },
    { text: exactFigure(filled) },
    { text: quantity === '0' ? 'too small, its share rolled on' : timeText(hitTime) },
  ])
  return formatTable(LEVELS, rows, hasColour)
}

function reductionTable({ reductions }: TrancheReport, hasColour: boolean): string {
  const rows = reductions.map(({ time, quantity, price, realizedPnl, fee, reason, tradeId, evidence }) => [
    { text: timeText(time) },
    { text: exactFigure(quantity) },
    { text: averageFigure(price, [price]) },
    resultCell(realizedPnl),
    { text: roundedFigure(fee, 2) },
    { text: reason },
    { text: tradeId ?? '' },
    { text: evidence },
  ])
  return formatTable(REDUCTIONS, rows, hasColour)
}

/** One tranche: its row, its ladder, its levels, what of it was closed, its notes. */
export function trancheSheet(tranche: TrancheReport, mark: string | null, hasColour: boolean): string {
  const parts = [
    trancheTable([tranche], hasColour),
    ...(tranche.status === 'active' ? [formatLadder([tranche], mark)] : []),
    ...(tranche.takeProfitLevels.length === 0 ? [] : [levelTable(tranche, hasColour)]),
    ...(tranche.reductions.length === 0 ? [] : [reductionTable(tranche, hasColour)]),
  ]
  return `${parts.join('\n\n')}\n`
}
