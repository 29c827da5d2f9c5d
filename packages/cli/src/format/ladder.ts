import { Decimal } from '@tranchebook/core'
import { exactFigure, percentCell, roundedFigure } from './figure.js'
import { visibleLine } from './visible-text.js'
import type { TrancheReport } from './tranche-table.js'

/** What happens at a price in a column. */
interface Rung {
  readonly price: string
  readonly mark: string
  readonly words: string
}

const NARROWEST = 12
const GAP = 3
const BODY = '┃'
const ISOLATED_BODY = '▒'

function nameOf({ id, label }: TrancheReport): string {
  return visibleLine(label === null || label === id ? id : label).slice(0, 12)
}

function targetsOf(tranche: TrancheReport): readonly Rung[] {
  const { takeProfitLevels, takeProfitPrice } = tranche
  if (takeProfitLevels.length === 0)
    return takeProfitPrice === null ? [] : [{ price: takeProfitPrice, mark: '○', words: 'target' }]
  return takeProfitLevels
    .filter(({ quantity }) => quantity !== '0')
    .map(({ level, price, hitTime }) => ({
      price,
      mark: hitTime === null ? '○' : '●',
      words: hitTime === null ? `TP${level}` : `TP${level} hit`,
    }))
}

function rungsOf(tranche: TrancheReport): readonly Rung[] {
  const { entryPrice, stopLossPrice, stopRung } = tranche
  const stop = stopRung === 'initial' ? 'stop' : `stop (${stopRung})`
  return [
    ...targetsOf(tranche),
    { price: entryPrice, mark: '◆', words: `entry ${nameOf(tranche)}` },
    ...(stopLossPrice === null ? [] : [{ price: stopLossPrice, mark: '▬', words: stop }]),
  ]
}

interface Span {
  readonly low: Decimal
  readonly high: Decimal
  readonly body: string
}

function spanOf(tranche: TrancheReport, rungs: readonly Rung[]): Span {
  const prices = rungs.map(({ price }) => new Decimal(price))
  return {
    low: Decimal.min(...prices),
    high: Decimal.max(...prices),
    body: tranche.isolated ? ISOLATED_BODY : BODY,
  }
}

function cellAt(price: Decimal, span: Span, rungs: readonly Rung[]): string {
  if (rungs.length > 0) return `${rungs.map(({ mark }) => mark).join('')} ${rungs.map(({ words }) => words).join(', ')}`
  return price.gt(span.low) && price.lt(span.high) ? span.body : ''
}

function pricesOf(rungs: readonly Rung[], mark: string | null): readonly string[] {
  const prices = new Set(rungs.map(({ price }) => new Decimal(price).toFixed()))
  if (mark !== null) prices.add(new Decimal(mark).toFixed())
  return [...prices].toSorted((left, right) => new Decimal(right).comparedTo(left))
}

function priceText(price: string, like: readonly string[]): string {
  const decimals = Math.min(8, Math.max(0, ...like.map((text) => text.split('.')[1]?.length ?? 0)))
  return roundedFigure(price, decimals)
}

/** What stands beneath a column: how much is left of how much, and how an isolated one stands. */
function footOf({ quantity, originalQuantity, isolated, pnlPercent }: TrancheReport): string {
  const size =
    quantity === originalQuantity ? exactFigure(quantity) : `${exactFigure(quantity)}/${exactFigure(originalQuantity)}`
  return isolated ? `${size} isolated ${percentCell(pnlPercent).text}` : size
}

interface Line {
  readonly price: string
  readonly cells: readonly string[]
  readonly isMark: boolean
}

function linesOf(open: readonly TrancheReport[], mark: string | null): readonly Line[] {
  const columns = open.map(rungsOf)
  const spans = open.map((tranche, column) => spanOf(tranche, columns[column] ?? []))
  return pricesOf(columns.flat(), mark).map((price) => {
    const at = new Decimal(price)
    const cells = spans.map((span, column) =>
      cellAt(
        at,
        span,
        (columns[column] ?? []).filter((rung) => at.eq(rung.price)),
      ),
    )
    return { price, cells, isMark: mark !== null && at.eq(mark) }
  })
}

function padded(cells: readonly string[], widths: readonly number[], fill: string): string {
  return cells.map((cell, column) => `${cell} `.padEnd(widths[column] ?? 0, fill)).join('')
}

/** Open tranches as columns, the oldest left, prices upward: targets, entry and stop of each, and the mark through all. */
export function formatLadder(tranches: readonly TrancheReport[], mark: string | null): string {
  const open = tranches.filter(({ status }) => status === 'active')
  const lines = linesOf(open, mark)
  const feet = open.map(footOf)
  const widths = feet.map((foot, column) =>
    [foot, ...lines.map(({ cells }) => cells[column] ?? '')].reduce(
      (most, cell) => Math.max(most, cell.length + GAP),
      NARROWEST,
    ),
  )
  const prices = lines.map(({ price }) => price)
  const texts = prices.map((price) => priceText(price, prices))
  const width = texts.reduce((most, text) => Math.max(most, text.length), 0)
  const drawn = lines.map(({ cells, isMark }, index) => {
    const line = isMark ? `┼╌${padded(cells, widths, '╌')} mark` : `┤ ${padded(cells, widths, ' ')}`
    return ` ${(texts[index] ?? '').padStart(width)} ${line}`.trimEnd()
  })
  return [...drawn, ` ${' '.repeat(width)} └ ${padded(feet, widths, ' ')}`.trimEnd()].join('\n')
}
