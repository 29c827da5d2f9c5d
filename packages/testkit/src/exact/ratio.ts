/** An exact fraction in lowest terms, `d` > 0. */
export interface Ratio {
  readonly n: bigint
  readonly d: bigint
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  return right === 0n ? left : greatestCommonDivisor(right, left % right)
}

/** n ÷ d in lowest terms. */
export function ratio(n: bigint, d = 1n): Ratio {
  if (d === 0n) throw new RangeError(`a fraction needs a denominator other than 0, got ${n}/0`)
  const sign = d < 0n ? -1n : 1n
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d * sign)
  return divisor === 0n ? { n: 0n, d: 1n } : { n: (n * sign) / divisor, d: (d * sign) / divisor }
}

export const ZERO = ratio(0n)
export const ONE = ratio(1n)
export const HUNDRED = ratio(100n)

/** Reads a plain decimal such as `-0.001`. */
export function parseRatio(text: string): Ratio {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError(`expected a plain decimal such as "0.001", got "${text}"`)
  const [whole = '0', fraction = ''] = text.split('.')
  return ratio(BigInt(whole + fraction), 10n ** BigInt(fraction.length))
}

export const add = (left: Ratio, right: Ratio): Ratio => ratio(left.n * right.d + right.n * left.d, left.d * right.d)
export const negative = (value: Ratio): Ratio => ({ n: -value.n, d: value.d })
export const subtract = (left: Ratio, right: Ratio): Ratio => add(left, negative(right))
export const multiply = (left: Ratio, right: Ratio): Ratio => ratio(left.n * right.n, left.d * right.d)
export const quotient = (left: Ratio, right: Ratio): Ratio => ratio(left.n * right.d, left.d * right.n)
export const sizeOf = (value: Ratio): Ratio => ({ n: value.n < 0n ? -value.n : value.n, d: value.d })
export const isZero = (value: Ratio): boolean => value.n === 0n
export const isPositive = (value: Ratio): boolean => value.n > 0n

/** −1, 0 or 1: ascending order. */
export function order(left: Ratio, right: Ratio): number {
  const difference = left.n * right.d - right.n * left.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const least = (left: Ratio, right: Ratio): Ratio => (order(left, right) <= 0 ? left : right)
export const greatest = (left: Ratio, right: Ratio): Ratio => (order(left, right) >= 0 ? left : right)
export const total = (values: readonly Ratio[]): Ratio => values.reduce(add, ZERO)

/** The largest whole number that is not above the value. */
function floor(value: Ratio): bigint {
  const cut = value.n / value.d
  return value.n < 0n && cut * value.d !== value.n ? cut - 1n : cut
}

/** The multiple of `step` at or below the value; the value itself where the step is 0. */
export function downTo(value: Ratio, step: Ratio): Ratio {
  return isZero(step) ? value : multiply(ratio(floor(quotient(value, step))), step)
}

/** The multiple of `step` at or above the value; the value itself where the step is 0. */
export function upTo(value: Ratio, step: Ratio): Ratio {
  return negative(downTo(negative(value), step))
}

/** Plain decimal text, cut toward zero after `decimals` places, without trailing zeros. */
export function toText(value: Ratio, decimals = 30): string {
  const units = ((value.n < 0n ? -value.n : value.n) * 10n ** BigInt(decimals)) / value.d
  const digits = units.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return value.n < 0n && units !== 0n ? `-${text}` : text
}
