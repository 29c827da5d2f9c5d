import { Decimal, formatPrice, formatQuantity, type Liquidation } from 'tranchebook'

/** What counts as a cascade: this much, in quote, of one symbol and side within so many ms. */
export interface CascadeRule {
  readonly windowMs: number
  readonly threshold: string
}

/** Adds up liquidations by symbol and side. The answer is true when one fills the window, which then begins anew. */
export function cascadesBy({ windowMs, threshold }: CascadeRule): (liquidation: Liquidation) => boolean {
  const windows = new Map<string, readonly Liquidation[]>()
  return (liquidation) => {
    const { symbol, side, time } = liquidation
    const known = windows.get(`${symbol} ${side}`) ?? []
    const recent = [...known.filter((earlier) => earlier.time > time - windowMs), liquidation]
    const isCascade = recent
      .reduce((sum, one) => sum.plus(quoteOf(one)), new Decimal(0))
      .greaterThanOrEqualTo(threshold)
    windows.set(`${symbol} ${side}`, isCascade ? [] : recent)
    return isCascade
  }
}

function quoteOf({ quantity, price }: Liquidation): Decimal {
  return new Decimal(formatQuantity(quantity)).times(formatPrice(price))
}
