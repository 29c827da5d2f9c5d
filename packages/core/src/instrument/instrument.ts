import { type Money, NO_MONEY, notional } from '../money/money.js'
import { asPrice, type Price } from '../money/price.js'
import { asQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { type Rounding, roundToStep } from '../money/rounding.js'

/** What the venue lets one trade of a symbol. A tick, step or limit of 0 or `null` is unknown and not enforced. */
export interface Instrument {
  readonly symbol: string
  readonly quoteAsset: string
  readonly tickSize: Price
  readonly stepSize: Quantity
  readonly minQuantity: Quantity
  readonly maxQuantity: Quantity | null
  /** For market and triggered orders; often smaller than `maxQuantity`. */
  readonly maxMarketQuantity: Quantity | null
  /** Quote; reduce-only orders are exempt on the venues we know. */
  readonly minNotional: Money
  /** Conditional orders this symbol may have resting, where the venue limits them per symbol. */
  readonly maxConditionalOrders: number | null
  /** False while the venue settles or delists the symbol. */
  readonly isTrading: boolean
}

const QUOTES = ['FDUSD', 'USDT', 'USDC', 'BUSD', 'TUSD', 'USD1', 'USD', 'BTC', 'ETH', 'BNB'] as const

/** The quote asset that a symbol's name ends with; USDT where none is recognised. */
export function quoteAssetOf(symbol: string): string {
  const name = symbol.split('_')[0] ?? symbol
  return QUOTES.find((quote) => name.endsWith(quote) && name.length > quote.length) ?? 'USDT'
}

/** An instrument with nothing known but its name: no rounding, no minimums. */
export function unknownInstrument(symbol: string): Instrument {
  return {
    symbol,
    quoteAsset: quoteAssetOf(symbol),
    tickSize: asPrice(0n),
    stepSize: asQuantity(0n),
    minQuantity: NO_QUANTITY,
    maxQuantity: null,
    maxMarketQuantity: null,
    minNotional: NO_MONEY,
    maxConditionalOrders: null,
    isTrading: true,
  }
}

/** Whether the venue lists a symbol by filters that its adapter could not read: that is told as one that is not traded and has none. */
export function areFiltersUnreadable({ isTrading, tickSize, stepSize }: Instrument): boolean {
  return !isTrading && tickSize === 0n && stepSize === 0n
}

/** To the tick in the named direction. */
export function roundPrice(instrument: Instrument, price: Price, rounding: Rounding): Price {
  return roundToStep(price, instrument.tickSize, rounding)
}

/** Down to the step, as every quantity we send. */
export function roundQuantity(instrument: Instrument, quantity: Quantity): Quantity {
  return roundToStep(quantity, instrument.stepSize, 'down')
}

/** Whether an order of this size that opens a position passes the venue's minimums. */
export function meetsMinimums(instrument: Instrument, quantity: Quantity, price: Price): boolean {
  return quantity >= instrument.minQuantity && quantity > 0n && notional(price, quantity) >= instrument.minNotional
}
