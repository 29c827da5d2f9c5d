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
import { marketOf } from '../../engine/exchange.js'
import type { Call, Endpoint } from '../context.js'
import type { MinuteBar, TapeTrade } from '../price-tape.js'
import { RequestRefusal } from '../request-refusal.js'
import { priceText } from '../wire/figures.js'
import type { Json } from '../wire/json-text.js'
import type { Row } from '../wire/order-rows.js'
import { symbolOf } from './order-terms.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MINUTES: Readonly<Record<string, number>> = {
  '1m': 1,
  '3m': 3,
  '5m': 5,
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '6h': 360,
  '8h': 480,
  '12h': 720,
  '1d': 1_440,
}

/** Longer bars out of minutes. */
function merged(bars: readonly MinuteBar[], lengthMs: number): readonly MinuteBar[] {
  const long: MinuteBar[] = []
  for (const bar of bars) {
    const openTime = Math.floor(bar.openTime / lengthMs) * lengthMs
    const current = long.at(-1)
    if (current?.openTime !== openTime) long.push({ ...bar, openTime })
    else {
      current.high = larger(current.high, bar.high)
      current.low = smaller(current.low, bar.low)
      current.close = bar.close
    }
  }
  return long
}

function volumeIn(
  trades: readonly TapeTrade[],
  from: number,
  to: number,
): { readonly count: number; readonly base: bigint } {
  const within = trades.filter(({ time }) => time >= from && time < to)
  return { count: within.length, base: within.reduce((sum, { quantity }) => sum + quantity, 0n) }
}

/** `GET klines` */
export const klines: Endpoint = (call) => {
  const { context, params } = call
  const minutes = MINUTES[params.need('interval')]
  if (minutes === undefined) throw new RequestRefusal(-1120, 'Invalid interval.')
  const lengthMs = minutes * MINUTE_MS
  const { bars, trades } = context.tape.of(symbolOf(call))
  const start = params.integer('startTime') ?? 0
  const end = params.integer('endTime') ?? Number.MAX_SAFE_INTEGER
  const asked = merged(bars, lengthMs).filter(({ openTime }) => openTime >= start && openTime <= end)
  return asked.slice(-(params.integer('limit') ?? 500)).map(({ openTime, open, high, low, close }): Json => {
    const { count, base } = volumeIn(trades, openTime, openTime + lengthMs)
    const volume = formatQuantity(asQuantity(base))
    const prices = [open, high, low, close].map(formatPrice)
    return [openTime, ...prices, volume, openTime + lengthMs - 1, '0', count, '0', '0', '0']
  })
}

function dayRow({ context }: Call, symbol: string): Row {
  const { bars, trades } = context.tape.of(symbol)
  const now = context.exchange.time
  const day = bars.filter(({ openTime }) => openTime > now - DAY_MS)
  const last: Price = marketOf(context.exchange, symbol).last
  const open = day[0]?.open ?? last
  const change = asPrice(last - open)
  const { count, base } = volumeIn(trades, now - DAY_MS, now + 1)
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
    volume: formatQuantity(asQuantity(base)),
    quoteVolume: '0',
    openTime: day[0]?.openTime ?? now,
    closeTime: now,
    firstId: BigInt(trades[0]?.id ?? '0'),
    lastId: BigInt(trades.at(-1)?.id ?? '0'),
    count,
  }
}

/** `GET ticker/24hr` */
export const dayTicker: Endpoint = (call) =>
  call.params.text('symbol') === null
    ? [...call.context.exchange.markets.keys()].map((symbol) => dayRow(call, symbol))
    : dayRow(call, symbolOf(call))

function lastTrades(call: Call): readonly TapeTrade[] {
  return call.context.tape.of(symbolOf(call)).trades.slice(-(call.params.integer('limit') ?? 500))
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
