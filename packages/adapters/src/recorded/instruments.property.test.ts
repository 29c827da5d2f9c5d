import {
  asPrice,
  asQuantity,
  formatPrice,
  formatQuantity,
  type Instrument,
  meetsMinimums,
  notional,
  parseMoney,
  parsePrice,
  parseQuantity,
  roundPrice,
  roundQuantity,
} from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasSharedData, readShared } from '../../test/shared-data.js'
import { translateInstrument, translateRateLimits } from '../fapi/translate/instrument.js'
import { parseExchangeInfo, type SymbolRow } from '../fapi/wire/exchange-info.js'
import { parseLossless } from '../transport/lossless-json.js'
import { decimal } from '../wire/wire-fields.js'

const isThere = hasSharedData()
const FILES = [
  ['binance-um-exchangeInfo-20210721.json', 24],
  ['binance-um-exchangeInfo-20251030.json', 47],
  ['binance-um-testnet-exchangeInfo-20251224.json', 10],
  ['aster-exchangeInfo-20260112.json', 40],
] as const

const rowsOf = (name: string): readonly SymbolRow[] => parseExchangeInfo(parseLossless(readShared(name))).symbols
const filterText = (row: SymbolRow, filter: string, field: string): string =>
  decimal(row.filters.get(filter) ?? {}, field)

interface Rounded {
  readonly row: SymbolRow
  readonly instrument: Instrument
  readonly price: bigint
  readonly quantity: bigint
}

/** A price within the symbol's range and a quantity around its limits, rounded as an order would be. */
function roundedOrders(rows: readonly SymbolRow[]): fc.Arbitrary<Rounded> {
  return fc.constantFrom(...rows).chain((row) => {
    const instrument = translateInstrument(row)
    const least = parsePrice(filterText(row, 'PRICE_FILTER', 'minPrice'))
    const most = parsePrice(filterText(row, 'PRICE_FILTER', 'maxPrice'))
    const largest = instrument.maxMarketQuantity ?? asQuantity(1n)
    return fc.record({
      row: fc.constant(row),
      instrument: fc.constant(instrument),
      price: fc.bigInt({ min: least, max: most }).map((raw) => roundPrice(instrument, asPrice(raw), 'nearest')),
      quantity: fc.bigInt({ min: 0n, max: largest }).map((raw) => roundQuantity(instrument, asQuantity(raw))),
    })
  })
}

describe.skipIf(!isThere)('instruments of the venues', () => {
  it.each(FILES)('%s: %i symbols, all readable', (name, expected) => {
    const info = parseExchangeInfo(parseLossless(readShared(name)))
    expect([info.symbols.length, info.unreadable]).toEqual([expected, []])
    const limits = translateRateLimits(info, { weightPerMinute: 1, ordersPerTenSeconds: 1, ordersPerMinute: 1 })
    expect(limits).toMatchObject({ ordersPerTenSeconds: 300, ordersPerMinute: 1_200 })
    for (const row of info.symbols) expect(translateInstrument(row).isTrading).toBe(row.status === 'TRADING')
  })

  it.each(FILES)('%s: a rounded order that meets the minimums passes every filter', (name) => {
    fc.assert(
      fc.property(roundedOrders(rowsOf(name)), ({ row, instrument, price, quantity }) => {
        const tick = parsePrice(filterText(row, 'PRICE_FILTER', 'tickSize'))
        fc.pre(tick > 0n && meetsMinimums(instrument, asQuantity(quantity), asPrice(price)))
        for (const lots of ['LOT_SIZE', 'MARKET_LOT_SIZE']) {
          expect(quantity % parseQuantity(filterText(row, lots, 'stepSize'))).toBe(0n)
          expect(quantity >= parseQuantity(filterText(row, lots, 'minQty'))).toBe(true)
          expect(quantity <= parseQuantity(filterText(row, lots, 'maxQty'))).toBe(true)
        }
        expect(price % tick).toBe(0n)
        expect(
          notional(asPrice(price), asQuantity(quantity)) >= parseMoney(filterText(row, 'MIN_NOTIONAL', 'notional')),
        ).toBe(true)
        expect(formatPrice(asPrice(price))).toMatch(/^\d+(\.\d+)?$/)
        expect(formatQuantity(asQuantity(quantity))).toMatch(/^\d+(\.\d+)?$/)
      }),
    )
  })

  it('reads the limit of conditional orders where a venue has one per symbol', () => {
    const aster = rowsOf('aster-exchangeInfo-20260112.json').map((row) => translateInstrument(row).maxConditionalOrders)
    expect(new Set(aster)).toEqual(new Set([10]))
    const testnet = rowsOf('binance-um-testnet-exchangeInfo-20251224.json').map(
      (row) => translateInstrument(row).maxConditionalOrders,
    )
    expect(new Set(testnet)).toEqual(new Set([null]))
  })

  it('knows the limits of BTCUSDT', () => {
    const row = rowsOf('binance-um-exchangeInfo-20251030.json').find(({ symbol }) => symbol === 'BTCUSDT')
    expect(row === undefined ? null : translateInstrument(row)).toEqual({
      symbol: 'BTCUSDT',
      quoteAsset: 'USDT',
      tickSize: parsePrice('0.1'),
      stepSize: parseQuantity('0.001'),
      minQuantity: parseQuantity('0.001'),
      maxQuantity: parseQuantity('1000'),
      maxMarketQuantity: parseQuantity('120'),
      minNotional: parseMoney('100'),
      maxConditionalOrders: 10,
      isTrading: true,
    })
  })
})
