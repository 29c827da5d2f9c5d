import { type DecimalText, formatMoney, type Money, NO_MONEY, parseMoney, plus } from '@tranchebook/core'

/** Σ of amounts as text; `null` as soon as one is unknown. */
export function sumKnown(amounts: readonly (DecimalText | null)[]): DecimalText | null {
  let sum = NO_MONEY
  for (const amount of amounts) {
    if (amount === null) return null
    sum = plus(sum, parseMoney(amount))
  }
  return formatMoney(sum)
}

/** Σ of amounts as text. */
export function sumOf(amounts: readonly DecimalText[]): DecimalText {
  return formatMoney(amounts.reduce<Money>((sum, amount) => plus(sum, parseMoney(amount)), NO_MONEY))
}
