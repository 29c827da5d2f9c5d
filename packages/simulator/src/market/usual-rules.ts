import { type Instrument, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import { parseRate } from '../engine/parse-rate.js'
import type { LeverageBracket, SymbolRules } from '../engine/rules.js'

/** What a symbol's rules are made from where no listing is at hand. Decimal text. */
export interface RulesText {
  readonly symbol: string
  readonly tickSize: string
  readonly stepSize: string
  readonly minNotional: string
  readonly maxQuantity: string
  readonly maxMarketQuantity: string
  readonly maxConditionalOrders: number | null
}

/** Tiers of a large symbol: leverage 125 for small positions, 1 for the largest. */
export const USUAL_BRACKETS: readonly LeverageBracket[] = (
  [
    [1, 125, '0', '50000', '0.004', '0'],
    [2, 100, '50000', '600000', '0.005', '50'],
    [3, 50, '600000', '3000000', '0.01', '3050'],
    [4, 20, '3000000', '12000000', '0.025', '48050'],
    [5, 10, '12000000', '70000000', '0.05', '348050'],
    [6, 1, '70000000', '1000000000', '0.1', '3848050'],
  ] as const
).map(([bracket, initialLeverage, floor, cap, rate, cumulative]) => ({
  bracket,
  initialLeverage,
  notionalFloor: parseMoney(floor),
  notionalCap: parseMoney(cap),
  maintenanceRate: parseRate(rate),
  cumulative: parseMoney(cumulative),
}))

function decimalsOf(text: string): number {
  return (text.split('.')[1] ?? '').length
}

/** The symbol as `exchangeInfo` lists it. */
function listingOf(text: RulesText): SymbolRules['listing'] {
  const { symbol, tickSize, stepSize, minNotional, maxQuantity, maxMarketQuantity, maxConditionalOrders } = text
  const baseAsset = symbol.replace(/USDT$/, '')
  const algo = { filterType: 'MAX_NUM_ALGO_ORDERS', limit: maxConditionalOrders }
  return {
    symbol,
    pair: symbol,
    contractType: 'PERPETUAL',
    deliveryDate: 4_133_404_800_000,
    onboardDate: 1_569_398_400_000,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset,
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: decimalsOf(tickSize),
    quantityPrecision: decimalsOf(stepSize),
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: [],
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '4529764', tickSize },
      { filterType: 'LOT_SIZE', minQty: stepSize, maxQty: maxQuantity, stepSize },
      { filterType: 'MARKET_LOT_SIZE', minQty: stepSize, maxQty: maxMarketQuantity, stepSize },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      ...(maxConditionalOrders === null ? [] : [algo]),
      { filterType: 'MIN_NOTIONAL', notional: minNotional },
      { filterType: 'PERCENT_PRICE', multiplierUp: '1.0500', multiplierDown: '0.9500', multiplierDecimal: '4' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'],
  }
}

/** Rules of a symbol of which only its own limits are known, with the usual bands and tiers. */
export function usualRules(instrument: Instrument, listing: SymbolRules['listing'] = {}): SymbolRules {
  return {
    instrument,
    minPrice: instrument.tickSize,
    maxPrice: parsePrice('4529764'),
    bandUp: parseRate('1.05'),
    bandDown: parseRate('0.95'),
    triggerProtect: parseRate('0.05'),
    marketBound: parseRate('0.05'),
    liquidationFee: parseRate('0.0125'),
    maxOrders: 200,
    brackets: USUAL_BRACKETS,
    listing,
  }
}

/** Rules of a symbol that trades against USDT, with the usual bands and tiers. */
export function rulesFrom(text: RulesText): SymbolRules {
  const instrument = {
    symbol: text.symbol,
    quoteAsset: 'USDT',
    tickSize: parsePrice(text.tickSize),
    stepSize: parseQuantity(text.stepSize),
    minQuantity: parseQuantity(text.stepSize),
    maxQuantity: parseQuantity(text.maxQuantity),
    maxMarketQuantity: parseQuantity(text.maxMarketQuantity),
    minNotional: parseMoney(text.minNotional),
    maxConditionalOrders: text.maxConditionalOrders,
    isTrading: true,
  }
  return usualRules(instrument, listingOf(text))
}

/** BTCUSDT as listed in autumn 2026. */
export const BTCUSDT: SymbolRules = rulesFrom({
  symbol: 'BTCUSDT',
  tickSize: '0.10',
  stepSize: '0.001',
  minNotional: '50',
  maxQuantity: '1000',
  maxMarketQuantity: '120',
  maxConditionalOrders: null,
})

/** ETHUSDT as listed in autumn 2026. */
export const ETHUSDT: SymbolRules = rulesFrom({
  symbol: 'ETHUSDT',
  tickSize: '0.01',
  stepSize: '0.001',
  minNotional: '20',
  maxQuantity: '10000',
  maxMarketQuantity: '2000',
  maxConditionalOrders: null,
})
