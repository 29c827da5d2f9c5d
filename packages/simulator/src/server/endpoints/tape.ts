import {
  asPrice,
  asQuantity,
  divide,
  formatPrice,
  formatQuantity,
  larger,
  type Price,
  smaller,
} from '@tranchebook/core'
import { barsOf, intervalMs, parseInterval } from '../../engine/candles.js'
import { marketOf } from '../../engine/exchange.js'
import type { MinuteBar } from '../../engine/minute-bars.js'
import type { Call, Endpoint } from '../context.js'
import type { TapeTrade } from '../trade-tape.js'
import { RequestRefusal } from '../request-refusal.js'
import { priceText } from '../wire/figures.js'
import type { Json } from '../wire/json-text.js'
import type { Row } from '../wire/order-rows.js'
import { symbolOf } from './order-terms.js'

const DAY_MS = 86_400_000

/** A bar as it is listed. */
function klineRow({ openTime, open, high, low, close, volume, trades }: MinuteBar, lengthMs: number): Json {
  const prices = [open, high, low, close].map(formatPrice)
  return [openTime, ...prices, formatQuantity(volume), openTime + lengthMs - 1, '0', trades, '0', '0', '0']
}

/** `GET klines` */
export const klines: Endpoint = (call) => {
  const { exchange } = call.context
  const interval = parseInterval(call.params.need('interval'))
  if (interval === null) throw new RequestRefusal(-1120, 'Invalid interval.')
  const start = call.params.integer('startTime') ?? 0
  const end = call.params.integer('endTime') ?? Number.MAX_SAFE_INTEGER
  return barsOf(exchange, symbolOf(call), interval)
    .filter(({ openTime }) => openTime >= start && openTime <= end)
    .slice(-(call.params.integer('limit') ?? 500))
    .map((bar) => klineRow(bar, intervalMs(interval)))
}

function dayRow({ context }: Call, symbol: string): Row {
  const now = context.exchange.time
  const trades = context.tape.of(symbol)
  const day = barsOf(context.exchange, symbol, '1m').filter(({ openTime }) => openTime > now - DAY_MS)
  const last: Price = marketOf(context.exchange, symbol).last
  const open = day[0]?.open ?? last
  const change = asPrice(last - open)
  const volume = day.reduce((sum, bar) => sum + bar.volume, 0n)
  return {
    symbol,
    priceChange: formatPrice(change),
    priceChangePercent: formatPrice(asPrice(open === 0n ? 0n : divide(change * 100n * 10n ** 12n, open, 'nearest'))),
    weightedAvgPrice: priceText(last),
    lastPrice: priceText(last),
    lastQty: formatQuantity(trades.at(-1)?.quantity ?? asQuantity(0n)),
    openPrice: priceText(open),
    highPrice: priceText(day.reduce((most, { high }) => larger(most, high), last)),
    lowPrice: priceText(day.reduce((least, { low }) => smaller(least, low), last)),
    volume: formatQuantity(asQuantity(volume)),
    quoteVolume: '0',
    openTime: day[0]?.openTime ?? now,
    closeTime: now,
    firstId: BigInt(trades[0]?.id ?? '0'),
    lastId: BigInt(trades.at(-1)?.id ?? '0'),
    count: day.reduce((sum, bar) => sum + bar.trades, 0),
  }
}

/** `GET ticker/24hr` */
export const dayTicker: Endpoint = (call) =>
  call.params.text('symbol') === null
    ? [...call.context.exchange.markets.keys()].map((symbol) => dayRow(call, symbol))
    : dayRow(call, symbolOf(call))

function lastTrades(call: Call): readonly TapeTrade[] {
  return call.context.tape.of(symbolOf(call)).slice(-(call.params.integer('limit') ?? 500))
}

/** `GET aggTrades`: each trade by itself. */
export const aggregateTrades: Endpoint = (call) =>
  lastTrades(call).map(({ id, price, quantity, time, isBuyerMaker }) => {
    const figures = { p: formatPrice(price), q: formatQuantity(quantity), nq: formatQuantity(quantity) }
    return { a: BigInt(id), ...figures, f: BigInt(id), l: BigInt(id), T: time, m: isBuyerMaker }
  })

/** `GET trades` */
export const recentTrades: Endpoint = (call) =>
  lastTrades(call).map(({ id, price, quantity, time, isBuyerMaker }) => {
    const figures = { price: formatPrice(price), qty: formatQuantity(quantity), quoteQty: '0' }
    return { id: BigInt(id), ...figures, time, isBuyerMaker }
  })

/** `GET fundingRate`: what was paid since the venue began. */
export const fundingRates: Endpoint = (call) => {
  const symbol = symbolOf(call)
  const paid = marketOf(call.context.exchange, symbol).fundings.slice(-(call.params.integer('limit') ?? 100))
  return paid.map(({ time, rate, mark }) => ({
    symbol,
    fundingTime: time,
    fundingRate: formatPrice(asPrice(rate)),
    markPrice: formatPrice(mark),
  }))
}
