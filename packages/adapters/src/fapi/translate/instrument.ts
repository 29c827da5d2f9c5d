import {
  InputError,
  type Instrument,
  larger,
  NO_MONEY,
  NO_QUANTITY,
  parseMoney,
  parsePrice,
  parseQuantity,
  type Quantity,
  smaller,
  unknownInstrument,
} from '@tranchebook/core'
import type { RateLimits } from '../../transport/rate-budget.js'
import { decimal, integer } from '../../wire/wire-fields.js'
import type { ExchangeInfo, SymbolRow } from '../wire/exchange-info.js'

function quantityOf(row: SymbolRow, filter: string, field: string): Quantity | null {
  const record = row.filters.get(filter)
  return record?.[field] == null ? null : parseQuantity(decimal(record, field))
}

function smallerOf(first: Quantity | null, second: Quantity | null): Quantity | null {
  return first === null || second === null ? (first ?? second) : smaller(first, second)
}

/**
 * Limits of a symbol in our words. `pricePrecision` and `quantityPrecision` are display hints and not read.
 *
 * @throws {InputError} `venue.payload.malformed`, `number.malformed`
 */
export function translateInstrument(row: SymbolRow): Instrument {
  const price = row.filters.get('PRICE_FILTER')
  const notional = row.filters.get('MIN_NOTIONAL')
  const conditionals = row.filters.get('MAX_NUM_ALGO_ORDERS')
  const inLots = (field: string): Quantity => quantityOf(row, 'LOT_SIZE', field) ?? NO_QUANTITY
  const atMarket = (field: string): Quantity => quantityOf(row, 'MARKET_LOT_SIZE', field) ?? NO_QUANTITY
  return {
    symbol: row.symbol,
    quoteAsset: row.quoteAsset,
    tickSize: parsePrice(price === undefined ? '0' : decimal(price, 'tickSize')),
    stepSize: larger(inLots('stepSize'), atMarket('stepSize')),
    minQuantity: larger(inLots('minQty'), atMarket('minQty')),
    maxQuantity: quantityOf(row, 'LOT_SIZE', 'maxQty'),
    maxMarketQuantity: smallerOf(quantityOf(row, 'MARKET_LOT_SIZE', 'maxQty'), quantityOf(row, 'LOT_SIZE', 'maxQty')),
    minNotional: notional === undefined ? NO_MONEY : parseMoney(decimal(notional, 'notional')),
    maxConditionalOrders: conditionals === undefined ? null : integer(conditionals, 'limit'),
    isTrading: row.status === 'TRADING',
  }
}

function unreadableInstrument(symbol: string): Instrument {
  return { ...unknownInstrument(symbol), isTrading: false }
}

function instrumentOf(row: SymbolRow): Instrument {
  try {
    return translateInstrument(row)
  } catch (error) {
    if (error instanceof InputError) return unreadableInstrument(row.symbol)
    throw error
  }
}

/** All symbols; one whose limits cannot be read is there, and not traded. */
export function translateInstruments({ symbols, unreadable }: ExchangeInfo): readonly Instrument[] {
  return [...symbols.map(instrumentOf), ...unreadable.map(unreadableInstrument)]
}

/** The venue's own limits, where it states them; `known` otherwise. */
export function translateRateLimits({ rateLimits }: ExchangeInfo, known: RateLimits): RateLimits {
  const limitOf = (type: string, interval: string, intervalNum: number): number | undefined =>
    rateLimits.find((row) => row.rateLimitType === type && row.interval === interval && row.intervalNum === intervalNum)
      ?.limit
  return {
    weightPerMinute: limitOf('REQUEST_WEIGHT', 'MINUTE', 1) ?? known.weightPerMinute,
    ordersPerTenSeconds: limitOf('ORDERS', 'SECOND', 10) ?? known.ordersPerTenSeconds,
    ordersPerMinute: limitOf('ORDERS', 'MINUTE', 1) ?? known.ordersPerMinute,
  }
}
