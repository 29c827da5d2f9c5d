import { asMoney, divide, type Money, parsePercent, type Price, asPrice } from '@tranchebook/core'

declare const brand: unique symbol

/** A fraction (0.0005 = 0.05 %), as an integer of 10^-12. Exact. */
export type Rate = bigint & { readonly [brand]: 'Rate' }

const ONE = 10n ** 12n
/** Wallets of the venues hold eight decimals. */
const WALLET_UNIT = 10n ** 16n

/** Parses a decimal fraction. @throws {InputError} `number.malformed` */
export function parseRate(text: string): Rate {
  return parsePercent(text) as bigint as Rate
}

/** Parses a percentage as a fraction: `1` is 0.01. @throws {InputError} `number.malformed` */
export function percentRate(text: string): Rate {
  return (parsePercent(text) / 100n) as Rate
}

/** amount × rate, cut toward −∞ at 10^-24. */
export function rateOf(amount: Money, rate: Rate): Money {
  return asMoney(divide(amount * rate, ONE, 'down'))
}

/** price × rate to 12 decimals, rounded down. */
export function priceAt(price: Price, rate: Rate): Price {
  return asPrice(divide(price * rate, ONE, 'down'))
}

/** 1 + rate or 1 − rate, as a rate. */
export function besideOne(rate: Rate, direction: 1n | -1n): Rate {
  return (ONE + direction * rate) as Rate
}

/** To the eight decimals that wallets hold; ties to even. */
export function toWallet(amount: Money): Money {
  return asMoney(divide(amount, WALLET_UNIT, 'nearest') * WALLET_UNIT)
}
