import { formatPrice } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { dataText, hasData } from '../../test/shared-data.js'
import { parseMarket } from './parse-market.js'
import { BTCUSDT } from './usual-rules.js'

const FILES = [
  ['exchange/binance-um-exchangeInfo-20251030.json', 24],
  ['exchange/binance-um-testnet-exchangeInfo-20251224.json', 10],
  ['exchange/aster-exchangeInfo-20260112.json', 40],
] as const

describe('a market', () => {
  it.each(FILES.filter(([path]) => hasData(path)))('comes from %s', (path, count) => {
    const markets = parseMarket(dataText(path))
    expect(markets.length).toBeGreaterThanOrEqual(count)
    for (const { rules, price } of markets) {
      expect(price > 0n).toBe(true)
      expect(rules.listing['symbol']).toBe(rules.instrument.symbol)
      expect(rules.instrument.isTrading).toBe(rules.listing['status'] === 'TRADING')
    }
  })

  it('begins where it is told, and 10,000 ticks high otherwise', () => {
    const symbols = [BTCUSDT.listing, { ...BTCUSDT.listing, symbol: 'XUSDT' }]
    const markets = parseMarket(JSON.stringify({ symbols, prices: { BTCUSDT: '50000' } }))
    expect(markets.map(({ price }) => formatPrice(price))).toEqual(['50000', '1000'])
    const { instrument, bandUp, bandDown, maxOrders } = markets[0]!.rules
    expect({ instrument, bandUp, bandDown, maxOrders }).toEqual({
      instrument: BTCUSDT.instrument,
      bandUp: BTCUSDT.bandUp,
      bandDown: BTCUSDT.bandDown,
      maxOrders: BTCUSDT.maxOrders,
    })
  })

  it.each([
    '',
    'x',
    '[]',
    '{}',
    '{"symbols":[1]}',
    '{"symbols":[{"symbol":"A"}]}',
    '{"symbols":[{"symbol":"A","filters":[{"filterType":"PRICE_FILTER","tickSize":"1e3"}]}]}',
  ])('is refused from %j', (text) => {
    expect(() => parseMarket(text)).toThrow(expect.objectContaining({ code: 'simulator.market-unreadable' }))
  })
})
