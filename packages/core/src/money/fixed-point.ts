import { InputError } from '../errors.js'

const POWERS: readonly bigint[] = Array.from({ length: 49 }, (_, exponent) => 10n ** BigInt(exponent))
const SAFE_DIGITS = 15
const ZERO = 48
const DOT = 46
const MINUS = 45

/** 10 to the given power (0 to 48). */
export function powerOfTen(exponent: number): bigint {
  const power = POWERS[exponent]
  if (power === undefined) throw new RangeError(`no power of ten for exponent ${exponent}`)
  return power
}

function refuse(text: unknown, decimals: number, why: string): never {
  const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 60)) : String(text)
  throw new InputError(
    'number.malformed',
    `expected a plain decimal such as "0.001" with at most ${decimals} decimals, got ${shown}: ${why}`,
    { details: { value: typeof text === 'string' ? text.slice(0, 60) : String(text), decimals } },
  )
}

function checkDigits(text: string, decimals: number): void {
  if (/^-?\d+(\.\d+)?$/.test(text)) return
  if (/[eE]/.test(text)) refuse(text, decimals, 'exponents are not accepted; write the digits out')
  refuse(text, decimals, 'not a plain decimal number')
}

function parseLong(text: string, decimals: number): bigint {
  checkDigits(text, decimals)
  const dot = text.indexOf('.')
  if (dot < 0) return BigInt(text) * powerOfTen(decimals)
  const fraction = text.slice(dot + 1).replace(/0+$/, '')
  if (fraction.length > decimals)
    refuse(text, decimals, `${fraction.length} decimals are more than can be kept exactly`)
  return BigInt(text.slice(0, dot) + fraction) * powerOfTen(decimals - fraction.length)
}

/**
 * Parses a plain decimal string into an integer of 10^-decimals units, exactly.
 *
 * @throws {InputError} `number.malformed` for exponents, NaN, empty text, signs other than a leading minus, or more
 * significant decimals than `decimals`.
 */
export function parseFixed(text: string, decimals: number): bigint {
  if (typeof text !== 'string') return refuse(text, decimals, 'numbers travel as strings so that no digit is lost')
  const length = text.length
  if (length > SAFE_DIGITS) return parseLong(text, decimals)
  const start = text.charCodeAt(0) === MINUS ? 1 : 0
  let mantissa = 0
  let fractionDigits = -1
  for (let index = start; index < length; index += 1) {
    const code = text.charCodeAt(index)
    const digit = code - ZERO
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      if (fractionDigits >= 0) fractionDigits += 1
    } else if (code === DOT && fractionDigits < 0 && index > start) fractionDigits = 0
    else return parseLong(text, decimals)
  }
  if (fractionDigits < 0) fractionDigits = 0
  else if (fractionDigits === 0) return parseLong(text, decimals)
  if (length === start || fractionDigits > decimals) return parseLong(text, decimals)
  const value = BigInt(mantissa) * powerOfTen(decimals - fractionDigits)
  return start === 1 ? -value : value
}

/** Formats an integer of 10^-decimals units as the shortest plain decimal: no exponent, no trailing zeros, no "-0". */
export function formatFixed(value: bigint, decimals: number): string {
  const power = powerOfTen(decimals)
  const whole = value / power
  const rest = value % power
  if (rest === 0n) return whole.toString()
  const fraction = (rest < 0n ? -rest : rest).toString().padStart(decimals, '0')
  let end = fraction.length
  while (fraction.charCodeAt(end - 1) === ZERO) end -= 1
  const sign = value < 0n && whole === 0n ? '-' : ''
  return `${sign}${whole.toString()}.${fraction.slice(0, end)}`
}
