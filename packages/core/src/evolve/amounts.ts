import type { Amounts } from '../book/tranche.js'
import { negate, plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY } from '../money/money.js'

/** Adds to the amount of one asset. */
export function addAmount(amounts: Amounts, asset: string, amount: Money): void {
  const known = Object.hasOwn(amounts, asset) ? amounts[asset] : undefined
  amounts[asset] = known === undefined ? amount : plus(known, amount)
}

/** Adds all amounts. */
export function addAmounts(into: Amounts, from: Readonly<Amounts>): void {
  for (const asset of Object.keys(from)) addAmount(into, asset, from[asset] ?? NO_MONEY)
}

/** Takes all amounts off. */
export function takeAmounts(into: Amounts, from: Readonly<Amounts>): void {
  for (const asset of Object.keys(from)) addAmount(into, asset, negate(from[asset] ?? NO_MONEY))
}
