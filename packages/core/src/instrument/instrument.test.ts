import { describe, expect, it } from 'vitest'
import { BTC } from '../../test/builders/context-builder.js'
import { parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { meetsMinimums, quoteAssetOf, roundPrice, roundQuantity, unknownInstrument } from './instrument.js'

describe('quoteAssetOf', () => {
  it.each([
    ['BTCUSDT', 'USDT'],
    ['BTCUSDC', 'USDC'],
    ['ETHFDUSD', 'FDUSD'],
    ['ETHBTC', 'BTC'],
    ['BTCUSD_PERP', 'USD'],
    ['BTCUSDT_240628', 'USDT'],
    ['ASTERUSD1', 'USD1'],
    // a name that is nothing but a quote is a base with no quote we know
    ['USDT', 'USDT'],
    ['BTC', 'USDT'],
    ['XYZ', 'USDT'],
  ])('%s is quoted in %s', (symbol, quote) => {
    expect(quoteAssetOf(symbol)).toBe(quote)
  })
})

describe('an unknown instrument', () => {
  it('rounds nothing and has no minimum', () => {
    const unknown = unknownInstrument('ETHBTC')

    expect(unknown).toMatchObject({ symbol: 'ETHBTC', quoteAsset: 'BTC', isTrading: true, maxQuantity: null })
    expect(roundPrice(unknown, parsePrice('1.23456'), 'up')).toBe(parsePrice('1.23456'))
    expect(roundQuantity(unknown, parseQuantity('0.000000000001'))).toBe(1n)
    expect(meetsMinimums(unknown, parseQuantity('0.000000000001'), parsePrice('0.01'))).toBe(true)
  })
})

describe('filters of a venue', () => {
  it('send quantities down to the step and prices to the tick as named', () => {
    expect(roundQuantity(BTC, parseQuantity('0.0019999'))).toBe(parseQuantity('0.001'))
    expect(roundPrice(BTC, parsePrice('48412.51'), 'down')).toBe(parsePrice('48412.5'))
    expect(roundPrice(BTC, parsePrice('48412.51'), 'up')).toBe(parsePrice('48412.6'))
  })

  it.each([
    ['0.001', '50000', true],
    // known case −4164: 0.001 · 4134.9 = 4.1349 is less than 5
    ['0.001', '4134.9', false],
    ['0.001', '5000', true],
    ['0.0009', '50000', false],
    ['0', '50000', false],
  ])('%s at %s may open a position: %s', (quantity, price, isEnough) => {
    expect(meetsMinimums(BTC, parseQuantity(quantity), parsePrice(price))).toBe(isEnough)
  })

  it('never takes nothing for enough, even where nothing is known', () => {
    const free = { ...BTC, minQuantity: parseQuantity('0'), minNotional: parseMoney('0') }

    expect(meetsMinimums(free, parseQuantity('0'), parsePrice('50000'))).toBe(false)
  })
})
