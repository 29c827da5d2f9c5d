import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatMoney, formatPrice, formatQuantity, type Instrument } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { parseExchangeInfo } from './exchange-info.js'

const FOLDER = new URL('../../../../../shared/data/exchange/', import.meta.url)
const isThere = existsSync(FOLDER)
if (!isThere) console.warn(`SKIPPED: recorded exchangeInfo answers are not at ${fileURLToPath(FOLDER)}`)

function recorded(name: string): ReadonlyMap<string, Instrument> {
  return parseExchangeInfo(readFileSync(new URL(name, FOLDER), 'utf8'), name)
}

function summaryOf(instrument: Instrument): readonly unknown[] {
  const { tickSize, stepSize, minQuantity, maxQuantity, maxMarketQuantity, minNotional } = instrument
  const quantities = [stepSize, minQuantity, maxQuantity, maxMarketQuantity].map((value) =>
    value === null ? null : formatQuantity(value),
  )
  return [
    formatPrice(tickSize),
    ...quantities,
    formatMoney(minNotional),
    instrument.maxConditionalOrders,
    instrument.isTrading,
  ]
}

describe('parseExchangeInfo', () => {
  it.skipIf(!isThere)('reads what the venues answered', () => {
    expect(summaryOf(recorded('binance-um-exchangeInfo-20251030.json').get('BTCUSDT')!)).toEqual([
      '0.1',
      '0.001',
      '0.001',
      '1000',
      '120',
      '100',
      10,
      true,
    ])
    expect(summaryOf(recorded('binance-um-exchangeInfo-20210721.json').get('BTCUSDT')!)).toEqual([
      '0.01',
      '0.001',
      '0.001',
      '1000',
      '1000',
      '5',
      10,
      true,
    ])
    expect(summaryOf(recorded('binance-um-testnet-exchangeInfo-20251224.json').get('BTCUSDT')!)).toEqual([
      '0.1',
      '0.001',
      '0.001',
      '1000',
      '1000',
      '100',
      null,
      true,
    ])
    expect(summaryOf(recorded('aster-exchangeInfo-20260112.json').get('ASTERUSDT')!)).toEqual([
      '0.0001',
      '0.01',
      '0.01',
      '2000000',
      '200000',
      '5',
      10,
      true,
    ])
    expect(recorded('aster-exchangeInfo-20260112.json').get('SANDUSDT')!.isTrading).toBe(false)
  })

  it('leaves unknown what is not stated', () => {
    const instrument = parseExchangeInfo('{"symbols":[{"symbol":"XUSDC"}]}', 'x').get('XUSDC')!
    expect(summaryOf(instrument)).toEqual(['0', '0', '0', null, null, '0', null, true])
    expect(instrument.quoteAsset).toBe('USDC')
  })

  it.each([
    '',
    '[]',
    '{"symbols":[{"filters":[]}]}',
    '{"symbols":[{"symbol":"X","filters":[{"filterType":"LOT_SIZE","stepSize":"1e-3"}]}]}',
  ])('refuses %j', (text) => {
    expect(() => parseExchangeInfo(text, 'info.json')).toThrow('info.json does not hold instruments')
  })
})
