/** Where a quotient that is not whole goes. `nearest` breaks ties to even. */
export type Rounding = 'down' | 'up' | 'nearest'

/** Whole quotient of two integers: `down` toward −∞, `up` toward +∞. The divisor must not be 0. */
export function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  if (rest === 0n) return quotient
  const isNegative = rest < 0n !== divisor < 0n
  const below = isNegative ? quotient - 1n : quotient
  if (rounding === 'down') return below
  if (rounding === 'up') return below + 1n
  const fromBelow = dividend - below * divisor
  const twice = (fromBelow < 0n ? -fromBelow : fromBelow) * 2n
  const size = divisor < 0n ? -divisor : divisor
  if (twice === size) return below % 2n === 0n ? below : below + 1n
  return twice < size ? below : below + 1n
}

/** The multiple of `step` next to `value` in the named direction; `value` itself where the step is 0 (unknown). */
export function roundToStep<T extends bigint>(value: T, step: T, rounding: Rounding): T {
  if (step === 0n) return value
  return (divide(value, step, rounding) * step) as T
}
