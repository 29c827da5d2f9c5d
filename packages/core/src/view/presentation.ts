import { type Decimal, moneyToDecimal, percentToDecimal, priceToDecimal, quantityToDecimal } from '../money/decimal.js'
import { formatMoney, type Money } from '../money/money.js'
import { formatPercent, type Percent } from '../money/percent.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'

/** How exact numbers leave the core. */
export interface Presentation<Figure> {
  readonly price: (value: Price) => Figure
  readonly quantity: (value: Quantity) => Figure
  readonly money: (value: Money) => Figure
  readonly percent: (value: Percent) => Figure
}

/** As `Decimal`, for programs. */
export const AS_DECIMAL: Presentation<Decimal> = {
  price: priceToDecimal,
  quantity: quantityToDecimal,
  money: moneyToDecimal,
  percent: percentToDecimal,
}

/** As plain decimal text without an exponent, for JSON. */
export const AS_TEXT: Presentation<string> = {
  price: formatPrice,
  quantity: formatQuantity,
  money: formatMoney,
  percent: formatPercent,
}

/** Presents a value that may be unknown. */
export function orNull<Value, Figure>(value: Value | null, present: (known: Value) => Figure): Figure | null {
  return value === null ? null : present(value)
}
