import type { Instrument, Money, Price } from '@tranchebook/core'
import type { Rate } from './parse-rate.js'

/** One tier of position size: the larger the position, the lower the leverage. Quote. */
export interface LeverageBracket {
  readonly bracket: number
  readonly initialLeverage: number
  readonly notionalFloor: Money
  readonly notionalCap: Money
  readonly maintenanceRate: Rate
  /** Subtracted from size × rate, so that the margin has no jumps. */
  readonly cumulative: Money
}

/** A value of a listing, as JSON has it. */
export type ListingValue =
  string | number | boolean | null | readonly ListingValue[] | { readonly [name: string]: ListingValue }

/** Everything the venue enforces for one symbol. */
export interface SymbolRules {
  readonly instrument: Instrument
  readonly minPrice: Price
  readonly maxPrice: Price
  /** Limit prices stay within mark × these. */
  readonly bandUp: Rate
  readonly bandDown: Rate
  /** Farthest mark and last price may be apart for a price-protected trigger. */
  readonly triggerProtect: Rate
  /** Farthest from the mark that a market order may fill. */
  readonly marketBound: Rate
  readonly liquidationFee: Rate
  /** Orders that may rest, conditional ones of a separate id space not counted. */
  readonly maxOrders: number
  /** From the smallest position up. Never empty. */
  readonly brackets: readonly LeverageBracket[]
  /** The symbol's entry of `exchangeInfo`, as it is answered. */
  readonly listing: Readonly<Record<string, ListingValue>>
}
