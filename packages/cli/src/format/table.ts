import { inTone, type Tone } from './colour.js'
import { visibleLine } from './visible-text.js'

/** A column: words stand left, figures right, decimals under each other. */
export interface Column {
  readonly title: string
  readonly align: 'left' | 'right' | 'decimal'
}

/** A cell, and how it stands out. */
export interface Cell {
  readonly text: string
  readonly tone?: Tone
}

const GAP = '   '

function lengthOf(text: string): number {
  return Array.from(text).length
}

function decimalsWidth(text: string): number {
  const dot = text.indexOf('.')
  return dot < 0 ? 0 : lengthOf(text) - dot
}

/** The largest width; any number of them, where a call with as many arguments would fail. */
function widest(widths: readonly number[]): number {
  return widths.reduce((largest, width) => Math.max(largest, width), 0)
}

/** Texts of one column, brought to where their decimal points meet. */
function aligned(texts: readonly string[], align: Column['align']): readonly string[] {
  if (align !== 'decimal') return texts
  const width = widest(texts.map(decimalsWidth))
  return texts.map((text) => text + ' '.repeat(/\d/.test(text) ? width - decimalsWidth(text) : 0))
}

function pad(text: string, width: number, align: Column['align']): string {
  const space = ' '.repeat(Math.max(width - lengthOf(text), 0))
  return align === 'left' ? text + space : space + text
}

/** Rows of text under their titles; each as wide as its widest cell, so that nothing is cut. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  hasColour: boolean,
): string {
  const texts = columns.map(({ align }, index) =>
    aligned(
      rows.map((row) => visibleLine(row[index]?.text ?? '')),
      align,
    ),
  )
  const widths = columns.map(({ title }, index) =>
    Math.max(lengthOf(title), widest((texts[index] ?? []).map(lengthOf))),
  )
  const line = (cells: readonly Cell[]): string =>
    cells
      .map(({ text, tone = 'plain' }, index) => {
        const { align } = columns[index] ?? { align: 'left' }
        return inTone(pad(text, widths[index] ?? 0, align), tone, hasColour)
      })
      .join(GAP)
      .trimEnd()
  const head = columns.map(({ title }): Cell => ({ text: title, tone: 'dim' }))
  const body = rows.map((row, number) => row.map((cell, index) => ({ ...cell, text: texts[index]?.[number] ?? '' })))
  return [head, ...body].map(line).join('\n')
}
