import { formatFixed, parseFixed } from './fixed-point.js'

declare const brand: unique symbol

/** Base units (BTC of BTCUSDT), as an integer of 10^-12. Exact; a group's quantity is never negative. */
export type Quantity = bigint & { readonly [brand]: 'Quantity' }

/** Decimals carried by {@link Quantity}. */
export const QUANTITY_DECIMALS = 12

/** Nothing. */
export const NO_QUANTITY = 0n as Quantity

/** Parses a decimal string. @throws {InputError} `number.malformed` */
export function parseQuantity(text: string): Quantity {
  return parseFixed(text, QUANTITY_DECIMALS) as Quantity
}

/** Shortest plain decimal. */
export function formatQuantity(quantity: Quantity): string {
  return formatFixed(quantity, QUANTITY_DECIMALS)
}

/** Names a bigint that is already in 10^-12 base units. */
export function asQuantity(units: bigint): Quantity {
  return units as Quantity
}
