import { minus, plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY } from '../money/money.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'

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
