import { RowProblem } from './export-row.js'

/** A figure as exports write it, and the asset written behind it. */
export interface Figure {
  readonly amount: string
  readonly asset: string | null
}

const FIGURE = /^([-+]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(?:\s+([A-Za-z0-9]+)|([A-Z]{2}[A-Z0-9]*))?$/
const NOTHING = new Set(['', '-', '--'])

/** `1,934.67 USDT` as `1934.67` and `USDT`; `null` for an empty cell. @throws {RowProblem} */
export function readFigure(text: string, name: string): Figure | null {
  if (NOTHING.has(text)) return null
  const found = FIGURE.exec(text)
  if (found === null) throw new RowProblem(`${name}: expected a decimal such as 0.001, got ${JSON.stringify(text)}`)
  const [, sign = '', whole = '', fraction = '', spacedAsset, asset] = found
  const minus = sign === '-' ? '-' : ''
  return { amount: `${minus}${whole.replaceAll(',', '')}${fraction}`, asset: spacedAsset ?? asset ?? null }
}
