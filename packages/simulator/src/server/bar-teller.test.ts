import { formatPrice, parsePrice } from '@tranchebook/core'
import { expect, it } from 'vitest'
import { openExchange, START } from '../../test/open-exchange.js'
import { advanceTo } from '../engine/funding.js'
import { MINUTE_MS } from '../engine/minute-bars.js'
import { movePrice } from '../engine/move-price.js'
import { BarTeller } from './bar-teller.js'

const BEGIN = Math.ceil(START / MINUTE_MS) * MINUTE_MS

it('tells the bar under way, and each that has closed since', () => {
  const { exchange } = openExchange()
  advanceTo(exchange, BEGIN)
  const teller = new BarTeller(exchange)
  const names = new Set(['btcusdt@kline_1m', 'nosuchusdt@kline_1m', 'btcusdt@kline_1s', 'btcusdt@markPrice'])
  const told = (): readonly string[] =>
    teller.tell(names).map(({ bar, isClosed }) => {
      const minute = (bar.openTime - BEGIN) / MINUTE_MS
      return `${minute} ${formatPrice(bar.close)} ${isClosed ? 'closed' : 'open'}`
    })

  expect(told()).toEqual(['0 50000 open'])
  movePrice(exchange, { symbol: 'BTCUSDT', to: parsePrice('50100'), axis: 'both', isGap: false })
  expect(told()).toEqual(['0 50100 open'])
  advanceTo(exchange, BEGIN + 2 * MINUTE_MS)
  expect(told()).toEqual(['0 50100 closed', '1 50100 closed', '2 50100 open'])
  expect(told()).toEqual(['2 50100 open'])
})
