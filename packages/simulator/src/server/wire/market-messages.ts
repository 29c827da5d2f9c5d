import type { CandleInterval } from '@tranchebook/adapters'
import { formatPrice, asPrice, formatQuantity } from '@tranchebook/core'
import type { EngineEvent } from '../../engine/events.js'
import { intervalMs } from '../../engine/candles.js'
import type { Exchange, Market } from '../../engine/exchange.js'
import type { MinuteBar } from '../../engine/minute-bars.js'
import { bookOf } from '../endpoints/market.js'
import type { Dialect } from '../context.js'
import { priceText } from './figures.js'
import type { Json } from './json-text.js'

/** A message and the name of the stream it belongs to. */
export interface MarketMessage {
  /** Without `@1s` and other rates. */
  readonly stream: string
  readonly payload: Json
}

const kind = (dialect: Dialect): { readonly st?: number } => (dialect === 'binance' ? { st: 1 } : {})

/** A mark price, as it is told every second. */
export function markMessage(exchange: Exchange, market: Market, dialect: Dialect): MarketMessage {
  const { symbol } = market.rules.instrument
  const mark = priceText(market.mark)
  const average = dialect === 'binance' ? { ap: mark } : {}
  const payload = {
    e: 'markPriceUpdate',
    E: exchange.time,
    s: symbol,
    p: mark,
    ...average,
    P: mark,
    i: mark,
    r: formatPrice(asPrice(market.fundingRate)),
    T: market.nextFundingTime,
    ...kind(dialect),
  }
  return { stream: `${symbol.toLowerCase()}@markPrice`, payload }
}

/** Best bid and ask. */
export function bookMessage(exchange: Exchange, market: Market, dialect: Dialect): MarketMessage {
  const { symbol } = market.rules.instrument
  const { bids, asks } = bookOf(exchange, market, 1)
  const [bid, ask] = [bids[0], asks[0]]
  const payload = {
    e: 'bookTicker',
    u: exchange.numbers.trade,
    E: exchange.time,
    T: exchange.time,
    s: symbol,
    b: bid?.[0] ?? '0',
    B: bid?.[1] ?? '0',
    a: ask?.[0] ?? '0',
    A: ask?.[1] ?? '0',
    ...kind(dialect),
  }
  return { stream: `${symbol.toLowerCase()}@bookTicker`, payload }
}

/** A bar as its stream tells it. */
export interface BarNews {
  readonly symbol: string
  readonly interval: CandleInterval
  readonly bar: MinuteBar
  /** True = no price can change it any more. */
  readonly isClosed: boolean
  readonly time: number
}

/** A bar under way, or one that has just closed. */
export function barMessage({ symbol, interval, bar, isClosed, time }: BarNews, dialect: Dialect): MarketMessage {
  const { openTime, open, high, low, close, volume, trades } = bar
  const prices = { o: formatPrice(open), c: formatPrice(close), h: formatPrice(high), l: formatPrice(low) }
  const span = { t: openTime, T: openTime + intervalMs(interval) - 1, s: symbol, i: interval, f: -1, L: -1 }
  const amounts = { v: formatQuantity(volume), n: trades, x: isClosed, q: '0', V: '0', Q: '0', B: '0' }
  const payload = { e: 'kline', E: time, s: symbol, k: { ...span, ...prices, ...amounts }, ...kind(dialect) }
  return { stream: `${symbol.toLowerCase()}@kline_${interval}`, payload }
}

/** What the market's streams say when something happens; `null` = nothing. */
export function marketMessage(event: EngineEvent, dialect: Dialect): MarketMessage | null {
  if (event.type === 'publicTrade') {
    const { symbol, price, quantity, tradeId, time, isBuyerMaker } = event
    const id = BigInt(tradeId)
    const amounts = { p: formatPrice(price), q: formatQuantity(quantity), nq: formatQuantity(quantity) }
    const payload = { e: 'aggTrade', E: time, s: symbol, a: id, ...amounts, f: id, l: id, T: time, m: isBuyerMaker }
    return { stream: `${symbol.toLowerCase()}@aggTrade`, payload: { ...payload, ...kind(dialect) } }
  }
  if (event.type !== 'liquidation') return null
  const { symbol, side, quantity, price, time } = event
  const figures = { q: formatQuantity(quantity), p: formatPrice(price), ap: formatPrice(price) }
  const filled = { X: 'FILLED', l: formatQuantity(quantity), z: formatQuantity(quantity), T: time }
  const order = { s: symbol, S: side, o: 'LIMIT', f: 'IOC', ...figures, ...filled, ...kind(dialect) }
  return { stream: `${symbol.toLowerCase()}@forceOrder`, payload: { e: 'forceOrder', E: time, o: order } }
}
