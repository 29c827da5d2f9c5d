import { formatFixed, parseFixed } from './fixed-point.js'

declare const brand: unique symbol

/** Quote units per base unit, as an integer of 10^-12. Exact. */
export type Price = bigint & { readonly [brand]: 'Price' }

/** Decimals carried by {@link Price}. */
export const PRICE_DECIMALS = 12

/** Parses a decimal string. @throws {InputError} `number.malformed` */
export function parsePrice(text: string): Price {
  return parseFixed(text, PRICE_DECIMALS) as Price
}

/** Shortest plain decimal. */
export function formatPrice(price: Price): string {
  return formatFixed(price, PRICE_DECIMALS)
}

/** Names a bigint that is already in 10^-12 quote per base. */
export function asPrice(units: bigint): Price {
  return units as Price
}
