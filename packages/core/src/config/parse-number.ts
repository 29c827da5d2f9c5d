import { InputError } from '../errors.js'
import { Decimal } from '../money/decimal.js'
import { formatFixed, parseFixed, powerOfTen } from '../money/fixed-point.js'
import { MONEY_DECIMALS } from '../money/money.js'
import { PERCENT_DECIMALS } from '../money/percent.js'
import { QUANTITY_DECIMALS } from '../money/quantity.js'
import type { Bounds, NumberKind, NumberOption } from './option.js'
import { type Place, refuse, shown } from './place.js'

/** Decimals kept by each kind of number, and how messages call it. */
export const NUMBER_KINDS = {
  whole: { decimals: 0, noun: 'a whole number' },
  ratio: { decimals: 6, noun: 'a number' },
  percent: { decimals: PERCENT_DECIMALS, noun: 'a percentage' },
  money: { decimals: MONEY_DECIMALS, noun: 'an amount' },
  quantity: { decimals: QUANTITY_DECIMALS, noun: 'a quantity' },
} as const satisfies Readonly<Record<NumberKind, { readonly decimals: number; readonly noun: string }>>

/** Bounds in words: `from 0 to 100`, `above 0 and below 100`, `of at least 0`; empty if there are none. */
function boundsText(bounds: Bounds): string {
  const { min, above, max, below } = bounds
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`
  const lower = min !== undefined ? `of at least ${min}` : above !== undefined ? `above ${above}` : ''
  const upper = max !== undefined ? `at most ${max}` : below !== undefined ? `below ${below}` : ''
  return [lower, upper].filter((text) => text !== '').join(' and ')
}

function isWithin(value: bigint, bounds: Bounds, unit: bigint): boolean {
  const { min, above, max, below } = bounds
  if (min !== undefined && value < BigInt(min) * unit) return false
  if (above !== undefined && value <= BigInt(above) * unit) return false
  if (max !== undefined && value > BigInt(max) * unit) return false
  return below === undefined || value < BigInt(below) * unit
}

type Reading = { readonly text: string } | { readonly advice: string }

/** The shortest decimal text of a JSON number: what its author wrote, as long as a JSON number can hold it. */
function readJsonNumber(value: number): Reading {
  if (!Number.isFinite(value)) return { advice: 'NaN and Infinity are no settings; write a plain number' }
  const text = String(value)
  if (text.includes('e'))
    return { advice: `exponents are not accepted; write it as text: "${new Decimal(text).toString()}"` }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return { advice: 'a JSON number cannot hold that many digits exactly; write it as text, in quotes' }
  }
  return { text }
}

function parseText(text: string, decimals: number): bigint | undefined {
  try {
    return parseFixed(text, decimals)
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}

/** What a number option expects, in words. */
export function expectedNumber(option: NumberOption): string {
  const { noun } = NUMBER_KINDS[option.kind]
  const unit = option.kind === 'percent' ? '5 means 5 %' : option.unit
  return [noun, boundsText(option.bounds), `(${unit})`].filter((text) => text !== '').join(' ')
}

/** Parses a JSON number or a decimal string, exactly, within the option's bounds; anything else is refused at its place. */
export function parseNumber(option: NumberOption, value: unknown, place: Place): bigint | undefined {
  const { decimals } = NUMBER_KINDS[option.kind]
  const expected = `expected ${expectedNumber(option)}, got ${shown(value)}`
  if (typeof value !== 'number' && typeof value !== 'string') {
    return refuse(place, 'option.type', `${expected}; write a number or a decimal string`)
  }
  const reading = typeof value === 'number' ? readJsonNumber(value) : { text: value }
  if ('advice' in reading) return refuse(place, 'option.type', `${expected}; ${reading.advice}`)
  const parsed = parseText(reading.text, decimals)
  if (parsed === undefined) {
    const advice = decimals === 0 ? 'write digits only' : `write digits and at most ${decimals} decimals, no exponent`
    return refuse(place, 'option.type', `${expected}; ${advice}`)
  }
  if (isWithin(parsed, option.bounds, powerOfTen(decimals))) return parsed
  const none = option.whenNull === undefined ? '' : `, or null (${option.whenNull})`
  return refuse(place, 'option.range', `${expected}; choose one within these bounds${none}`)
}

/** A parsed number of this kind as plain decimal text. */
export function formatNumber(kind: NumberKind, units: bigint): string {
  return formatFixed(units, NUMBER_KINDS[kind].decimals)
}
