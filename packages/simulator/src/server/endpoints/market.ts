import { asPrice, asQuantity, formatPrice, formatQuantity, parseQuantity, type Price } from '@tranchebook/core'
import type { Exchange, Market } from '../../engine/exchange.js'
import { askPrice, bidPrice } from '../../engine/offers.js'
import type { Rate } from '../../engine/parse-rate.js'
import type { Call, Endpoint } from '../context.js'
import { USUAL_LIMITS } from '../rate-meter.js'
import type { Json } from '../wire/json-text.js'
import { amountText, priceText } from '../wire/figures.js'
import type { Row } from '../wire/order-rows.js'
import { symbolOf } from './order-terms.js'

/** Shown where offers are without end. */
const ENDLESS = parseQuantity('100')

/** `GET ping` */
export const ping: Endpoint = () => ({})

/** `GET time` */
export const time: Endpoint = ({ context }) => ({ serverTime: context.exchange.time })

/** `GET exchangeInfo`: every symbol, whatever was asked for. */
export const exchangeInfo: Endpoint = ({ context }) => {
  const limit = { rateLimitType: 'ORDERS', limit: USUAL_LIMITS.ordersPerMinute }
  return {
    timezone: 'UTC',
    serverTime: context.exchange.time,
    futuresType: 'U_MARGINED',
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: USUAL_LIMITS.weightPerMinute },
      { ...limit, interval: 'MINUTE', intervalNum: 1 },
      { ...limit, interval: 'SECOND', intervalNum: 10, limit: USUAL_LIMITS.ordersPerTenSeconds },
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: [...context.exchange.markets.values()].map(({ rules }) => rules.listing),
  }
}

/** `GET /api/v3/exchangeInfo`: the spot market, which lists nothing. */
export const spotExchangeInfo: Endpoint = ({ context }) => ({
  timezone: 'UTC',
  serverTime: context.exchange.time,
  rateLimits: [],
  exchangeFilters: [],
  symbols: [],
})

/** One row for the symbol asked for, or all of them. */
function each(call: Call, row: (market: Market) => Row): Json {
  const { exchange } = call.context
  if (call.params.text('symbol') === null) return [...exchange.markets.values()].map(row)
  const market = exchange.markets.get(symbolOf(call))
  return market === undefined ? {} : row(market)
}

function rateText(rate: Rate): string {
  return formatPrice(asPrice(rate))
}

/** `GET premiumIndex` */
export const premiumIndex: Endpoint = (call) =>
  each(call, (market) => ({
    symbol: market.rules.instrument.symbol,
    markPrice: priceText(market.mark),
    indexPrice: priceText(market.mark),
    estimatedSettlePrice: priceText(market.mark),
    lastFundingRate: rateText(market.fundingRate),
    interestRate: '0.00010000',
    nextFundingTime: market.nextFundingTime,
    time: call.context.exchange.time,
  }))

/** `GET ticker/price` */
export const tickerPrice: Endpoint = (call) =>
  each(call, (market) => ({
    symbol: market.rules.instrument.symbol,
    price: priceText(market.last),
    time: call.context.exchange.time,
  }))

/** `GET ticker/bookTicker` */
export const bookTicker: Endpoint = (call) =>
  each(call, (market) => {
    const { bids, asks } = bookOf(call.context.exchange, market, 1)
    return {
      symbol: market.rules.instrument.symbol,
      bidPrice: bids[0]?.[0] ?? '0',
      bidQty: bids[0]?.[1] ?? '0',
      askPrice: asks[0]?.[0] ?? '0',
      askQty: asks[0]?.[1] ?? '0',
      time: call.context.exchange.time,
      lastUpdateId: call.context.exchange.numbers.trade,
    }
  })

type Side = readonly (readonly [price: string, quantity: string])[]

interface Offers {
  readonly prices: ReadonlyMap<Price, bigint>
  readonly isBid: boolean
  readonly limit: number
}

function sorted({ prices, isBid, limit }: Offers): Side {
  const ordered = [...prices.entries()].sort(([one], [two]) => (one < two === isBid ? 1 : -1))
  return ordered
    .slice(0, limit)
    .map(([price, quantity]) => [formatPrice(price), formatQuantity(asQuantity(quantity))] as const)
}

/** What others offer, with the orders that rest here. */
export function bookOf(
  exchange: Exchange,
  market: Market,
  limit: number,
): { readonly bids: Side; readonly asks: Side } {
  const side = (isBid: boolean): Side => {
    const prices = new Map<Price, bigint>()
    const add = (price: Price, quantity: bigint): unknown => prices.set(price, (prices.get(price) ?? 0n) + quantity)
    const offers = isBid ? market.book?.bids : market.book?.asks
    const standing = { price: isBid ? bidPrice(market) : askPrice(exchange, market), quantity: null }
    for (const level of offers ?? [standing]) add(level.price, level.quantity ?? ENDLESS)
    for (const order of isBid ? market.buys : market.sells) {
      if (order.price !== null) add(order.price, order.quantity - order.executed)
    }
    return sorted({ prices, isBid, limit })
  }
  return { bids: side(true), asks: side(false) }
}

/** `GET depth` */
export const depth: Endpoint = (call) => {
  const { exchange } = call.context
  const market = exchange.markets.get(symbolOf(call))
  const book =
    market === undefined ? { bids: [], asks: [] } : bookOf(exchange, market, call.params.integer('limit') ?? 500)
  return { lastUpdateId: exchange.numbers.trade, E: exchange.time, T: exchange.time, ...book }
}

/** `GET leverageBracket` */
export const leverageBracket: Endpoint = (call) => {
  const rows = [...call.context.exchange.markets.values()].map((market) => ({
    symbol: market.rules.instrument.symbol,
    brackets: market.rules.brackets.map((bracket) => ({
      bracket: bracket.bracket,
      initialLeverage: bracket.initialLeverage,
      notionalCap: Number(amountText(bracket.notionalCap)),
      notionalFloor: Number(amountText(bracket.notionalFloor)),
      maintMarginRatio: Number(rateText(bracket.maintenanceRate)),
      cum: Number(amountText(bracket.cumulative)),
    })),
  }))
  const symbol = call.params.text('symbol')
  return symbol === null ? rows : rows.filter((row) => row.symbol === symbol)
}
