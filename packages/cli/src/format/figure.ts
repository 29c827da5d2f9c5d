import { Decimal } from '@tranchebook/core'
import type { Cell } from './table.js'

/** What stands for a figure that is not known. Never 0. */
export const UNKNOWN = '–'

const CENT_DECIMALS = 2
const MOST_DECIMALS = 8

function spaced(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ' ')
  return (fraction === undefined ? grouped : `${grouped}.${fraction}`).replace('-', '−')
}

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0
}

/** A quantity or price with all its digits, thousands spaced. */
export function exactFigure(text: string | null): string {
  return text === null ? UNKNOWN : spaced(text)
}

/** A figure rounded to so many decimals, half to even; more where it would otherwise read as 0. */
export function roundedFigure(text: string | null, decimals: number): string {
  if (text === null) return UNKNOWN
  const figure = new Decimal(text)
  const first = figure.isZero() ? 0 : -figure.e
  return spaced(figure.toFixed(Math.max(decimals, Math.min(first, MOST_DECIMALS))))
}

/** An average, as fine as the prices beside it; those that are averages themselves do not count. */
export function averageFigure(text: string | null, like: readonly string[]): string {
  if (text === null) return UNKNOWN
  const decimals = like.map(decimalsOf).filter((count) => count <= MOST_DECIMALS)
  return roundedFigure(text, decimals.length === 0 ? MOST_DECIMALS : Math.max(CENT_DECIMALS, ...decimals))
}

/** Gain or loss, to the cent, with its sign and tone. */
export function resultCell(text: string | null): Cell {
  const rounded = roundedFigure(text, CENT_DECIMALS)
  const sign = text === null ? 0 : new Decimal(text).comparedTo(0)
  if (sign > 0) return { text: `+${rounded}`, tone: 'gain' }
  return sign < 0 ? { text: rounded, tone: 'loss' } : { text: rounded }
}

/** An amount to the cent. */
export function amountCell(text: string | null): Cell {
  return { text: roundedFigure(text, CENT_DECIMALS) }
}

/** Percent with two decimals and its sign. */
export function percentCell(text: string | null): Cell {
  const cell = resultCell(text)
  return text === null ? cell : { ...cell, text: `${cell.text} %` }
}
