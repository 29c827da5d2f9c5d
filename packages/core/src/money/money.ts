import { formatFixed, parseFixed } from './fixed-point.js'
import { asPrice, type Price } from './price.js'
import type { Quantity } from './quantity.js'
import { divide, type Rounding } from './rounding.js'

declare const brand: unique symbol

/** An amount of an asset (quote unless an asset is named beside it), as an integer of 10^-24. Exact. */
export type Money = bigint & { readonly [brand]: 'Money' }

/** Decimals carried by {@link Money}: those of a price and of a quantity together, so that their product is exact. */
export const MONEY_DECIMALS = 24

/** Nothing. */
export const NO_MONEY = 0n as Money

/** Parses a decimal string. @throws {InputError} `number.malformed` */
export function parseMoney(text: string): Money {
  return parseFixed(text, MONEY_DECIMALS) as Money
}

/** Shortest plain decimal. */
export function formatMoney(money: Money): string {
  return formatFixed(money, MONEY_DECIMALS)
}

/** Names a bigint that is already in 10^-24 units. */
export function asMoney(units: bigint): Money {
  return units as Money
}

/** price × quantity, exactly. */
export function notional(price: Price, quantity: Quantity): Money {
  return (price * quantity) as Money
}

/** cost ÷ quantity to 12 decimals in the named direction. The quantity must not be 0. */
export function averagePrice(cost: Money, quantity: Quantity, rounding: Rounding): Price {
  return asPrice(divide(cost, quantity, rounding))
}

/** The part of an amount that belongs to `part` of `whole`, cut toward zero at 10^-24; all of it when part = whole. */
export function shareOf(amount: Money, part: Quantity, whole: Quantity): Money {
  return part === whole ? amount : (((amount * part) / whole) as Money)
}
