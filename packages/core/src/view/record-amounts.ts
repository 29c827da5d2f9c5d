import type { AmountTexts } from '../book/events.js'
import type { Amounts } from '../book/tranche.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY, parseMoney } from '../money/money.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'

/** Adds to the amount of one asset. */
export function addAmount(into: Amounts, asset: string, amount: Money): void {
  into[asset] = plus(into[asset] ?? NO_MONEY, amount)
}

/** Adds all amounts, or takes them off. */
export function addAmounts(into: Amounts, from: Readonly<Amounts>, isTaken = false): void {
  for (const [asset, amount] of Object.entries(from)) addAmount(into, asset, isTaken ? negate(amount) : amount)
}

/** Amounts as events carry them. */
export function parseAmounts(texts: AmountTexts): Amounts {
  return Object.fromEntries(Object.entries(texts).map(([asset, text]) => [asset, parseMoney(text)]))
}

/** Splits an amount in proportion to weights; the last share takes what rounding leaves, so that the shares sum exactly. */
export function splitAmount(amount: Money, weights: readonly Quantity[]): readonly Money[] {
  let left = amount
  let weightLeft = weights.reduce((sum, weight) => plus(sum, weight), NO_QUANTITY)
  return weights.map((weight, index) => {
    const isLast = index === weights.length - 1
    const share = isLast ? left : weightLeft === 0n ? NO_MONEY : asMoney((left * weight) / weightLeft)
    left = minus(left, share)
    weightLeft = minus(weightLeft, weight)
    return share
  })
}
