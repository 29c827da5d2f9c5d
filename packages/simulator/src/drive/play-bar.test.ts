import { formatPrice, parsePrice, parseQuantity } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { openExchange, spec, START } from '../../test/open-exchange.js'
import { openPositions } from '../engine/account.js'
import { accountOf } from '../engine/exchange.js'
import { placeConditional } from '../engine/place-conditional.js'
import { placeOrder } from '../engine/place-order.js'
import { cornersOf, playBar, type Bar, type BarPath } from './play-bar.js'
import { playTimedTrade } from './play-trades.js'

const prices = { open: '50000', high: '51500', low: '48900', close: '50500' }

function bar(text: Readonly<Record<'open' | 'high' | 'low' | 'close', string>>): Bar {
  const { open, high, low, close } = text
  return {
    symbol: 'BTCUSDT',
    openTime: START,
    durationMs: 60_000,
    open: parsePrice(open),
    high: parsePrice(high),
    low: parsePrice(low),
    close: parsePrice(close),
  }
}

it.each<[BarPath, string]>([
  ['nearest', '50000 48900 51500 50500'],
  ['lowFirst', '50000 48900 51500 50500'],
  ['highFirst', '50000 51500 48900 50500'],
])('%s: the corners come as declared', (path, corners) => {
  expect(cornersOf(bar(prices), path).map(formatPrice).join(' ')).toBe(corners)
})

it.each<[BarPath, string]>([
  ['lowFirst', '49000'],
  ['highFirst', '51000'],
])('%s decides whether stop or target is met', (path, exit) => {
  const { exchange } = openExchange()
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'MARKET', quantity: '0.02' }))
  placeConditional(
    exchange,
    'main',
    spec({ side: 'SELL', type: 'STOP_MARKET', triggerPrice: '49000', closePosition: true }),
  )
  placeOrder(
    exchange,
    'main',
    spec({ side: 'SELL', type: 'LIMIT', quantity: '0.02', price: '51000', reduceOnly: true }),
  )
  playBar(exchange, bar(prices), path)
  const account = accountOf(exchange, 'main')
  expect(formatPrice(account.trades.at(-1)!.price)).toBe(exit)
  expect(openPositions(account)).toEqual([])
  expect(account.live.size + account.waiting.size).toBe(0)
  expect(exchange.time).toBe(START + 59_999)
})

it('a listener may act inside the bar', () => {
  const { exchange } = openExchange()
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'LIMIT', quantity: '0.02', price: '49500' }))
  exchange.listeners.add((event) => {
    if (event.type !== 'order' || event.trade?.side !== 'BUY') return
    placeOrder(
      exchange,
      'main',
      spec({ side: 'SELL', type: 'LIMIT', quantity: '0.02', price: '51200', reduceOnly: true }),
    )
  })
  playBar(exchange, bar(prices), 'lowFirst')
  expect(accountOf(exchange, 'main').trades.map(({ price }) => formatPrice(price))).toEqual(['49500', '51200'])
})

it('recorded trades fill what they go through and carry the mark', () => {
  const { exchange } = openExchange()
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'LIMIT', quantity: '0.02', price: '49500' }))
  playTimedTrade(exchange, {
    symbol: 'BTCUSDT',
    time: START + 5,
    price: parsePrice('49400'),
    quantity: parseQuantity('0.001'),
    takerSide: 'SELL',
  })
  expect(accountOf(exchange, 'main').trades).toHaveLength(1)
  expect(formatPrice(exchange.markets.get('BTCUSDT')!.mark)).toBe('49400')
})
