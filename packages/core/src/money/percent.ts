import { formatFixed, parseFixed, powerOfTen } from './fixed-point.js'

declare const brand: unique symbol

/** A percentage (`5` means 5 %), as an integer of 10^-12 percent points. Exact. */
export type Percent = bigint & { readonly [brand]: 'Percent' }

/** Decimals carried by {@link Percent}. */
export const PERCENT_DECIMALS = 12

/** 100 %. */
export const ALL_PERCENT = (100n * powerOfTen(PERCENT_DECIMALS)) as Percent

/** Parses a decimal string. @throws {InputError} `number.malformed` */
export function parsePercent(text: string): Percent {
  return parseFixed(text, PERCENT_DECIMALS) as Percent
}

/** Shortest plain decimal. */
export function formatPercent(percent: Percent): string {
  return formatFixed(percent, PERCENT_DECIMALS)
}

/** Names a bigint that is already in 10^-12 percent points. */
export function asPercent(units: bigint): Percent {
  return units as Percent
}
