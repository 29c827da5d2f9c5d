import type { Amounts } from '../book/tranche.js'
import { plus } from '../money/arithmetic.js'
import { asMoney, type Money, NO_MONEY } from '../money/money.js'
import { powerOfTen } from '../money/fixed-point.js'
import { type Price, PRICE_DECIMALS } from '../money/price.js'
import { divide } from '../money/rounding.js'

/** What assets are worth in quote. The quote asset itself is worth 1. */
export interface Valuation {
  readonly quoteAsset: string
  /** Quote per unit of the asset; an asset that is absent is unpriced. */
  readonly prices: Readonly<Record<string, Price>>
}

/** Quote value of amounts, to 24 decimals, nearest; `null` as soon as one asset is unpriced, never 0 for it. */
export function valueInQuote(amounts: Readonly<Amounts>, { quoteAsset, prices }: Valuation): Money | null {
  let sum = NO_MONEY
  for (const [asset, amount] of Object.entries(amounts)) {
    const price = prices[asset]
    if (amount === 0n) continue
    if (asset === quoteAsset) sum = plus(sum, amount)
    else if (price === undefined) return null
    else sum = plus(sum, asMoney(divide(amount * price, powerOfTen(PRICE_DECIMALS), 'nearest')))
  }
  return sum
}

/** Gross − fees + funding; `null` where one of them is unknown. */
export function netOf(gross: Money | null, fees: Money | null, funding: Money | null): Money | null {
  return gross === null || fees === null || funding === null ? null : asMoney(gross - fees + funding)
}
