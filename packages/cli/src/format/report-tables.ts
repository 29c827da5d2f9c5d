import { type Analytics, type EquityPoint, formatDuration, NO_TRANCHE, percentText } from '@tranchebook/core'
import { amountCell, exactFigure, percentCell, resultCell, roundedFigure, UNKNOWN } from './figure.js'
import { type Column, formatTable } from './table.js'
import { formatTime } from './time.js'

type Figures = Analytics<string>
/** A part of all results. */
export type Slice = Figures['pnl']['total']

const RESULTS: readonly Column[] = [
  { title: 'REALIZED', align: 'decimal' },
  { title: 'FEES', align: 'decimal' },
  { title: 'FUNDING', align: 'decimal' },
  { title: 'NET', align: 'decimal' },
  { title: 'UNREALIZED', align: 'decimal' },
  { title: 'TOTAL', align: 'decimal' },
  { title: 'COUNT', align: 'right' },
]

/** Results cut one way, a row per part. */
export function sliceTable(title: string, slices: readonly Slice[], hasColour: boolean): string {
  const rows = slices.map((slice) => [
    { text: slice.key === NO_TRANCHE ? 'no tranche' : slice.key },
    resultCell(slice.realizedPnl),
    amountCell(slice.fees),
    resultCell(slice.funding),
    resultCell(slice.netPnl),
    resultCell(slice.unrealizedPnl),
    resultCell(slice.totalPnl),
    { text: `${slice.count}` },
  ])
  return formatTable([{ title, align: 'left' }, ...RESULTS], rows, hasColour)
}

function percent(text: string | null): string {
  return text === null ? UNKNOWN : percentText(text)
}

function tradeLines({ trades: { gross, averageHeldMs } }: Figures): readonly string[] {
  if (gross.trades === 0) return ['  no tranche has ended yet']
  const counts = `${gross.trades} ended: ${gross.wins} won, ${gross.losses} lost, ${gross.even} even`
  return [
    `  ${counts}; win rate ${percent(gross.winRatePercent)}`,
    `  profit ${resultCell(gross.profit).text}, loss ${resultCell(gross.loss).text}, profit factor ${roundedFigure(gross.profitFactor, 2)}, expectancy ${resultCell(gross.expectancy).text}, held for ${averageHeldMs === null ? UNKNOWN : formatDuration(averageHeldMs)} on average`,
    `  best ${resultCell(gross.best).text}, worst ${resultCell(gross.worst).text}, average win ${resultCell(gross.averageWin).text}, average loss ${resultCell(gross.averageLoss).text}`,
  ]
}

const LEVELS: readonly Column[] = [
  { title: 'LEVEL', align: 'left' },
  { title: 'TRADES', align: 'right' },
  { title: 'HITS', align: 'right' },
  { title: 'RATE', align: 'right' },
  { title: 'PROFIT', align: 'decimal' },
  { title: 'AVERAGE', align: 'decimal' },
]

function levelTable({ takeProfit }: Figures, hasColour: boolean): string {
  const rows = takeProfit.levels.map(({ level, trades, hits, hitRatePercent, totalProfit, averageProfit }) => [
    { text: `TP${level}` },
    { text: `${trades}` },
    { text: `${hits}` },
    { text: percent(hitRatePercent) },
    resultCell(totalProfit),
    resultCell(averageProfit),
  ])
  const exits = `full exits ${takeProfit.fullExits} of ${takeProfit.trades}, ${percent(takeProfit.fullExitRatePercent)}`
  return `${formatTable(LEVELS, rows, hasColour)}\n${exits}`
}

const ISOLATIONS: readonly Column[] = [
  { title: 'ISOLATED', align: 'left' },
  { title: 'SINCE (UTC)', align: 'left' },
  { title: 'LASTED', align: 'left' },
  { title: 'UNDER WATER', align: 'left' },
  { title: 'AT', align: 'decimal' },
  { title: 'EARNED', align: 'decimal' },
  { title: 'WORST', align: 'decimal' },
  { title: 'END', align: 'left' },
]

const ISOLATIONS_SHOWN = 20

function isolationTable({ isolation }: Figures, hasColour: boolean): string {
  const rows = isolation.isolations
    .slice(-ISOLATIONS_SHOWN)
    .map((one) => [
      { text: one.tranche },
      { text: formatTime(one.from) },
      { text: formatDuration(one.durationMs) },
      { text: formatDuration(one.underWaterMs) },
      { text: exactFigure(one.price) },
      resultCell(one.result),
      percentCell(one.worstExcursionPercent),
      { text: one.end ?? 'lasts' },
    ])
  const { count, open, worthwhile, result } = isolation
  const sum = `${count} isolations, ${open} last, ${worthwhile} were worth holding; together ${resultCell(result).text}`
  const more = count > rows.length ? `; the newest ${rows.length} are listed, --json has all` : ''
  return `${formatTable(ISOLATIONS, rows, hasColour)}\n${sum}${more}`
}

/** Everything counted of a book, for people. */
export function reportText(figures: Figures, hasColour: boolean): string {
  const { pnl, takeProfit, isolation } = figures
  const parts = [
    sliceTable('EXIT', [...pnl.byExitReason, pnl.total], hasColour),
    ['trades', ...tradeLines(figures)].join('\n'),
    ...(takeProfit.levels.length === 0 ? [] : [levelTable(figures, hasColour)]),
    ...(isolation.count === 0 ? [] : [isolationTable(figures, hasColour)]),
  ]
  return `${parts.join('\n\n')}\n`
}

const EQUITY: readonly Column[] = [
  { title: 'TIME (UTC)', align: 'left' },
  { title: 'REALIZED', align: 'decimal' },
  { title: 'FEES', align: 'decimal' },
  { title: 'FUNDING', align: 'decimal' },
  { title: 'UNREALIZED', align: 'decimal' },
  { title: 'EQUITY', align: 'decimal' },
]

/** What a book was worth whenever that changed. */
export function equityTable(points: readonly EquityPoint<string>[], hasColour: boolean): string {
  const rows = points.map((point) => [
    { text: formatTime(point.time) },
    resultCell(point.realizedPnl),
    amountCell(point.fees),
    resultCell(point.funding),
    resultCell(point.unrealizedPnl),
    resultCell(point.equity),
  ])
  return formatTable(EQUITY, rows, hasColour)
}
