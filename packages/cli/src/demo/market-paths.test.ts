import { formatPrice, parsePrice } from '@tranchebook/core'
import { BINANCE_BEHAVIOUR, createExchange, createRandom } from '@tranchebook/simulator'
import { describe, expect, it } from 'vitest'
import { seededMarket } from './demo-market.js'
import { parseRecorded, tickOf } from './parse-recorded.js'
import { playPast } from './play-past.js'
import { between, recordedPath, spanOf } from './recorded-path.js'
import { seededPath } from './seeded-path.js'
import type { Waypoint } from './waypoint.js'

const shown = ({ time, price, isGap }: Waypoint): string => `${time} ${formatPrice(price)}${isGap ? ' gap' : ''}`

const home = parsePrice('50000')

const BARS = 'openTime,open,high,low,close,volume\n0,100,104,99,103,5\n300000,103.5,104,98,98,7\n'
const TRADES = 'tradeId,price,qty,time\n1,100,2,10\n2,0,0,11\n3,100.5,1,20\n'

describe('a recording', () => {
  it('of bars goes to the nearer extreme first, and jumps to each open', () => {
    const path = [...recordedPath(parseRecorded(BARS, 'f.csv'))].map(shown)
    expect(path).toEqual([
      '0 100 gap',
      '75000 99',
      '150000 104',
      '225000 103',
      '299999 103',
      '300000 103.5 gap',
      '375000 104',
      '450000 98',
      '525000 98',
      '599999 98',
    ])
  })

  it('of trades jumps from one to the next; rows without a price are passed over', () => {
    expect([...recordedPath(parseRecorded(TRADES, 'f.csv'))].map(shown)).toEqual(['10 100 gap', '20 100.5 gap'])
  })

  it('is played from a time on, until another', () => {
    const recorded = parseRecorded(BARS, 'f.csv')
    expect(spanOf(recorded)).toEqual({ begin: 0, end: 600_000 })
    expect(spanOf(between(recorded, 1, null))).toEqual({ begin: 300_000, end: 600_000 })
    expect(spanOf(between(recorded, null, 300_000))).toEqual({ begin: 0, end: 300_000 })
    expect(spanOf(between(recorded, 1, 2))).toBeNull()
    expect(spanOf(between(parseRecorded(TRADES, 'f.csv'), 15, null))).toEqual({ begin: 20, end: 20 })
  })

  it.each([
    ['a,b\n1,2\n', 'got the header a,b'],
    ['openTime,open,high,low,close\n0,100,x,99,103\n', 'decimal'],
    ['', 'got the header'],
  ])('%j is refused', (text, words) => {
    const lines = expect.objectContaining({ expected: expect.stringContaining(words) as string }) as object
    expect(() => parseRecorded(text, 'f.csv')).toThrow(expect.objectContaining({ lines }))
  })

  it.each([
    [['100', '100.5', '99.25'], '0.01'],
    [['100', '230'], '1'],
    [['0.1', '0.00012'], '0.00001'],
  ])('with prices %j has ticks of %s', (prices, tick) => {
    expect(formatPrice(tickOf(prices.map(parsePrice)))).toBe(tick)
  })
})

describe('a price by chance', () => {
  const walk = (seed: number, steps: number): readonly Waypoint[] => {
    const path = seededPath(createRandom(seed), { begin: home, home })
    return Array.from({ length: steps }, () => path.next().value).filter((waypoint) => waypoint !== undefined)
  }

  it('is the same for the same seed, and another for another', () => {
    expect(walk(7, 500)).toEqual(walk(7, 500))
    expect(walk(8, 500)).not.toEqual(walk(7, 500))
  })

  it('stays near its home for a day', () => {
    const prices = walk(1, 172_800).map(({ price }) => price)
    expect(prices.every((price) => price > parsePrice('40000') && price < parsePrice('60000'))).toBe(true)
  })
})

describe('a market of the demo', () => {
  it('has a past of three hours for whoever looks at candles', () => {
    const market = seededMarket('binance', 1)
    const exchange = createExchange({
      markets: market.markets,
      behaviour: BINANCE_BEHAVIOUR,
      seed: 1,
      startTime: 60_000,
    })
    playPast(exchange, market.pathsFrom({ exchange, time: 0, starts: 0 }), market.pastMs)
    expect(exchange.time).toBe(60_000 + 3 * 3_600_000)
    const [bitcoin] = [...exchange.markets.values()]
    expect(bitcoin?.minutes.past).toHaveLength(180)
    expect(bitcoin?.last).not.toBe(home)
  })
})
