import { Decimal as BaseDecimal } from 'decimal.js'
import { formatMoney, type Money } from './money.js'
import { formatPercent, type Percent } from './percent.js'
import { formatPrice, type Price } from './price.js'
import { formatQuantity, type Quantity } from './quantity.js'

/** Our own clone: 60 significant digits, half-even, never an exponent in text. The global Decimal is left alone. */
export const Decimal = BaseDecimal.clone({ precision: 60, rounding: 6, toExpNeg: -60, toExpPos: 60 })

/** A value of {@link Decimal}, for public views. */
export type Decimal = BaseDecimal

/** What most figures of a young tranche are; a value never changes, so one is enough. */
const ZERO = new Decimal(0)

/** Exact view of a price. */
export function priceToDecimal(price: Price): Decimal {
  return price === 0n ? ZERO : new Decimal(formatPrice(price))
}

/** Exact view of a quantity. */
export function quantityToDecimal(quantity: Quantity): Decimal {
  return quantity === 0n ? ZERO : new Decimal(formatQuantity(quantity))
}

/** Exact view of an amount. */
export function moneyToDecimal(money: Money): Decimal {
  return money === 0n ? ZERO : new Decimal(formatMoney(money))
}

/** Exact view of a percentage. */
export function percentToDecimal(percent: Percent): Decimal {
  return percent === 0n ? ZERO : new Decimal(formatPercent(percent))
}
