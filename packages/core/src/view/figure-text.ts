import { orderNumber } from '../book/client-order-id.js'
import type { DecimalText } from '../book/events.js'
import { formatFixed, parseFixed, powerOfTen } from '../money/fixed-point.js'
import { MONEY_DECIMALS } from '../money/money.js'
import { divide } from '../money/rounding.js'

const MINUS = '−'
const MOST_DECIMALS = 12

/** Decimals a price, a quantity and an amount are shown with; `null` = as many as they have. */
export interface TextPrecision {
  readonly priceDecimals: number | null
  readonly quantityDecimals: number | null
  readonly moneyDecimals: number
}

/** As the numbers come, amounts to the cent. */
export const PLAIN_PRECISION: TextPrecision = { priceDecimals: null, quantityDecimals: null, moneyDecimals: 2 }

function spaced(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ' ')
}

/** Rounded to so many decimals, ties to even, with all of them written out. */
function roundedText(units: bigint, decimals: number): string {
  const unit = powerOfTen(MONEY_DECIMALS - decimals)
  const text = formatFixed(divide(units, unit, 'nearest'), decimals)
  const [whole = '0', fraction = ''] = text.split('.')
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`
}

function withSigns(text: string): string {
  const isNegative = text.startsWith('-')
  const [whole = '0', fraction] = (isNegative ? text.slice(1) : text).split('.')
  return `${isNegative ? MINUS : ''}${spaced(whole)}${fraction === undefined ? '' : `.${fraction}`}`
}

/** A figure for people: thousands spaced, a true minus, so many decimals (`null` = as it is); unknown is `–`, never 0. */
export function figureText(text: DecimalText | null, decimals: number | null = null): string {
  if (text === null) return '–'
  const units = parseFixed(text, MONEY_DECIMALS)
  return withSigns(decimals === null ? formatFixed(units, MONEY_DECIMALS) : roundedText(units, decimals))
}

/** Decimals that say enough about a price of that size. */
function enoughDecimals(text: DecimalText): number {
  const whole = text.split('.')[0] ?? ''
  if (whole.length >= 4) return 2
  return whole === '0' ? 8 : 4
}

/** An average price; where no decimals are asked for as it is, unless it has more than say anything. */
export function averageText(text: DecimalText | null, decimals: number | null): string {
  if (text === null || decimals !== null) return figureText(text, decimals)
  const enough = enoughDecimals(text)
  return figureText(text, (text.split('.')[1]?.length ?? 0) > enough ? enough : null)
}

/** Enough decimals to tell a small amount from nothing: at least those asked for, two digits of it otherwise. */
function decimalsFor(units: bigint, decimals: number): number {
  const size = units < 0n ? -units : units
  const rounds = (to: number): boolean => size * 2n <= powerOfTen(MONEY_DECIMALS - to)
  if (size === 0n || !rounds(decimals)) return decimals
  let enough = decimals
  while (enough < MOST_DECIMALS && rounds(enough)) enough += 1
  return Math.min(MOST_DECIMALS, enough + 1)
}

/** A result with its sign: `+60.00`, `−94.32`, `0.00`; more decimals where it would otherwise look like nothing. */
export function gainText(text: DecimalText | null, decimals = PLAIN_PRECISION.moneyDecimals): string {
  if (text === null) return '–'
  const units = parseFixed(text, MONEY_DECIMALS)
  const shown = withSigns(roundedText(units, decimalsFor(units, decimals)))
  return units > 0n ? `+${shown}` : shown
}

/** A percentage to two decimals at most, `3 %`. */
export function percentText(text: DecimalText | null): string {
  if (text === null) return '–'
  const rounded = divide(parseFixed(text, MONEY_DECIMALS), powerOfTen(MONEY_DECIMALS - 2), 'nearest')
  return `${withSigns(formatFixed(rounded, 2))} %`
}

/** An id short enough for a line: of our own orders what tells them apart (`tb…k3-1`), of others both ends. */
export function shortId(id: string): string {
  const number = orderNumber(id)
  if (number !== null) return `tb…${number}`
  return id.length <= 10 ? id : `${id.slice(0, 3)}…${id.slice(-2)}`
}
