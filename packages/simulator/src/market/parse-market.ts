import {
  asPrice,
  InputError,
  parseMoney,
  parsePrice,
  parseQuantity,
  type Price,
  type Quantity,
  TranchebookError,
} from '@tranchebook/core'
import type { MarketStart } from '../engine/exchange.js'
import { parseRate, type Rate } from '../engine/parse-rate.js'
import type { ListingValue, SymbolRules } from '../engine/rules.js'
import { USUAL_BRACKETS } from './usual-rules.js'

type Fields = Readonly<Record<string, unknown>>

const NOTHING: Fields = {}
/** Where a symbol begins that no price is given for, in ticks. */
const FIRST_TICKS = 10_000n

function unreadable(what: string, cause?: unknown): TranchebookError {
  return new TranchebookError(
    'simulator.market-unreadable',
    `expected the answer of exchangeInfo, {"symbols":[{"symbol":"BTCUSDT","filters":[…]}],"prices":{"BTCUSDT":"50000"}}; ${what}`,
    { cause },
  )
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function filterOf(symbol: Fields, type: string): Fields {
  const { filters } = symbol
  if (!Array.isArray(filters)) return NOTHING
  return filters.filter(isObject).find((filter) => filter['filterType'] === type) ?? NOTHING
}

function read<Value, Otherwise>(
  text: unknown,
  parse: (text: string) => Value,
  otherwise: Otherwise,
): Value | Otherwise {
  return typeof text === 'string' ? parse(text) : otherwise
}

const NO_PRICE = asPrice(0n)
const NO_RATE = parseRate('0')

function instrumentOf(symbol: Fields, name: string): SymbolRules['instrument'] {
  const lot = filterOf(symbol, 'LOT_SIZE')
  const quantity = (value: unknown): Quantity | null => read(value, parseQuantity, null)
  const conditional = filterOf(symbol, 'MAX_NUM_ALGO_ORDERS')['limit']
  return {
    symbol: name,
    quoteAsset: read(symbol['quoteAsset'], (text) => text, 'USDT'),
    tickSize: read(filterOf(symbol, 'PRICE_FILTER')['tickSize'], parsePrice, NO_PRICE),
    stepSize: quantity(lot['stepSize']) ?? parseQuantity('0'),
    minQuantity: quantity(lot['minQty']) ?? parseQuantity('0'),
    maxQuantity: quantity(lot['maxQty']),
    maxMarketQuantity: quantity(filterOf(symbol, 'MARKET_LOT_SIZE')['maxQty']),
    minNotional: read(filterOf(symbol, 'MIN_NOTIONAL')['notional'], parseMoney, parseMoney('0')),
    maxConditionalOrders: typeof conditional === 'number' ? conditional : null,
    isTrading: symbol['status'] === 'TRADING',
  }
}

function rulesOf(symbol: Fields, name: string): SymbolRules {
  const price = filterOf(symbol, 'PRICE_FILTER')
  const band = filterOf(symbol, 'PERCENT_PRICE')
  const most = filterOf(symbol, 'MAX_NUM_ORDERS')['limit']
  const rate = (value: unknown): Rate => read(value, parseRate, NO_RATE)
  return {
    instrument: instrumentOf(symbol, name),
    minPrice: read(price['minPrice'], parsePrice, NO_PRICE),
    maxPrice: read(price['maxPrice'], parsePrice, NO_PRICE),
    bandUp: rate(band['multiplierUp']),
    bandDown: rate(band['multiplierDown']),
    triggerProtect: rate(symbol['triggerProtect']),
    marketBound: read(symbol['marketTakeBound'], parseRate, parseRate('0.05')),
    liquidationFee: rate(symbol['liquidationFee']),
    maxOrders: typeof most === 'number' ? most : 200,
    brackets: USUAL_BRACKETS,
    listing: symbol as Readonly<Record<string, ListingValue>>,
  }
}

function firstPrice(rules: SymbolRules, prices: Fields): Price {
  const { symbol, tickSize } = rules.instrument
  const given = read(prices[symbol], parsePrice, null)
  if (given !== null) return given
  if (tickSize === 0n) return parsePrice('1')
  const start = asPrice(tickSize * FIRST_TICKS)
  return start > rules.minPrice ? start : asPrice(rules.minPrice * 2n)
}

function marketOf(symbol: unknown, prices: Fields): MarketStart {
  const name = isObject(symbol) ? symbol['symbol'] : undefined
  if (!isObject(symbol) || typeof name !== 'string') throw unreadable('an entry of symbols has no name')
  const rules = rulesOf(symbol, name)
  if (read(filterOf(symbol, 'PRICE_FILTER')['tickSize'], parsePrice, null) === null) {
    throw unreadable(`${name} has no PRICE_FILTER with a tickSize`)
  }
  return { rules, price: firstPrice(rules, prices) }
}

/**
 * Symbols from the answer of `exchangeInfo`. A field `prices` beside `symbols` says where they begin; others begin 10,000 ticks high.
 *
 * @throws {TranchebookError} `simulator.market-unreadable`
 */
export function parseMarket(text: string): readonly MarketStart[] {
  try {
    const value: unknown = JSON.parse(text)
    const symbols = isObject(value) ? value['symbols'] : undefined
    if (!isObject(value) || !Array.isArray(symbols)) throw unreadable('there is no list of symbols')
    const prices = isObject(value['prices']) ? value['prices'] : NOTHING
    return symbols.map((symbol: unknown) => marketOf(symbol, prices))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InputError) throw unreadable(error.message, error)
    throw error
  }
}
