import { formatPrice, formatQuantity, parsePrice, parseQuantity } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { START, spec, openExchange } from '../../test/open-exchange.js'
import { playBar } from '../drive/play-bar.js'
import { barsOf } from './candles.js'
import { advanceTo } from './funding.js'
import { MINUTE_MS } from './minute-bars.js'
import { movePrice, playTrade } from './move-price.js'
import { placeOrder } from './place-order.js'

const BEGIN = Math.ceil(START / (5 * MINUTE_MS)) * 5 * MINUTE_MS
const texts = (bars: ReturnType<typeof barsOf>): readonly string[] =>
  bars.map(({ openTime, open, high, low, close, volume }) =>
    [(openTime - BEGIN) / MINUTE_MS, ...[open, high, low, close].map(formatPrice), formatQuantity(volume)].join(' '),
  )

it('keeps minutes: wicks, volume, and flat ones where nothing happened', () => {
  const { exchange } = openExchange()
  const symbol = 'BTCUSDT'
  advanceTo(exchange, BEGIN)
  movePrice(exchange, { symbol, to: parsePrice('50100'), axis: 'both', isGap: false })
  movePrice(exchange, { symbol, to: parsePrice('49900'), axis: 'both', isGap: false })
  placeOrder(exchange, 'main', spec({ side: 'BUY', type: 'MARKET', quantity: '0.002' }))
  advanceTo(exchange, BEGIN + 3 * MINUTE_MS)
  playTrade(exchange, { symbol, price: parsePrice('50000'), quantity: parseQuantity('1.5'), takerSide: 'BUY' })

  const minutes = barsOf(exchange, symbol, '1m').filter(({ openTime }) => openTime >= BEGIN)

  expect(texts(minutes)).toEqual([
    '0 50000 50100 49900 49900 0.002',
    '1 49900 49900 49900 49900 0',
    '2 49900 49900 49900 49900 0',
    '3 49900 50000 49900 50000 1.5',
  ])
  expect(texts(barsOf(exchange, symbol, '5m').slice(-1))).toEqual(['0 50000 50100 49900 50000 1.502'])
})

it('sees every corner of a bar that is played, and keeps 1,500 minutes', () => {
  const { exchange } = openExchange()
  const [open, high, low, close] = ['50000', '50300', '49800', '50200'].map(parsePrice)
  if (open === undefined || high === undefined || low === undefined || close === undefined) return
  playBar(exchange, { symbol: 'BTCUSDT', openTime: BEGIN, durationMs: MINUTE_MS, open, high, low, close })

  expect(texts(barsOf(exchange, 'BTCUSDT', '1m').slice(-1))).toEqual(['0 50000 50300 49800 50200 0'])

  advanceTo(exchange, BEGIN + 2_000 * MINUTE_MS)
  expect(barsOf(exchange, 'BTCUSDT', '1m')).toHaveLength(1_500)
})
