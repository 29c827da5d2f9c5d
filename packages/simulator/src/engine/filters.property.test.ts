import { asPrice, asQuantity, notional, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataText, hasData } from '../../test/shared-data.js'
import { parseMarket } from '../market/parse-market.js'
import { BINANCE_BEHAVIOUR } from './behaviour.js'
import { accountOf, createExchange, type MarketStart, openAccount } from './exchange.js'
import { type OrderSpec, PLAIN_SPEC } from './order.js'
import { parseRate } from './parse-rate.js'
import { placeOrder } from './place-order.js'

interface Listing {
  readonly symbol: string
  readonly status: string
  readonly filters: readonly Readonly<Record<string, string>>[]
}

/** What the listing says, read again by other means: strings to whole units, remainders by hand. */
function allows({ filters }: Listing, order: OrderSpec, mark: bigint): boolean {
  const filter = (type: string): Readonly<Record<string, string>> =>
    filters.find((one) => one['filterType'] === type) ?? {}
  const units = (text: string | undefined): bigint => parsePrice(text ?? '0')
  const price = order.price ?? asPrice(0n)
  const quantity = order.quantity ?? asQuantity(0n)
  const { tickSize, minPrice, maxPrice } = filter('PRICE_FILTER')
  const lot = filter(order.type === 'MARKET' ? 'MARKET_LOT_SIZE' : 'LOT_SIZE')
  const isQuantityFine =
    quantity >= units(filter('LOT_SIZE')['minQty']) &&
    quantity <= units(lot['maxQty']) &&
    quantity % units(filter('LOT_SIZE')['stepSize']) === 0n
  const counted = order.type === 'MARKET' ? asPrice(mark) : price
  const isLargeEnough = notional(counted, quantity) >= parseMoney(filter('MIN_NOTIONAL')['notional'] ?? '0')
  if (order.type === 'MARKET') return isQuantityFine && isLargeEnough
  const { multiplierUp, multiplierDown } = filter('PERCENT_PRICE')
  const isInBand =
    order.side === 'BUY'
      ? price * 10n ** 12n <= mark * parseRate(multiplierUp ?? '0')
      : price * 10n ** 12n >= mark * parseRate(multiplierDown ?? '0') - 10n ** 12n
  const isPriceFine = price % units(tickSize) === 0n && price >= units(minPrice) && price <= units(maxPrice)
  return isQuantityFine && isLargeEnough && isPriceFine && isInBand
}

function exchangeWith(market: MarketStart) {
  const exchange = createExchange({
    markets: [market],
    behaviour: BINANCE_BEHAVIOUR,
    seed: 1,
    startTime: 1_790_000_000_000,
  })
  openAccount(exchange, 'main', new Map([[market.rules.instrument.quoteAsset, parseMoney('1000000000000')]]))
  accountOf(exchange, 'main').leverages.set(market.rules.instrument.symbol, 1)
  return exchange
}

/** Mostly on the grid and near the mark, sometimes not. */
const shape = fc.record({
  type: fc.constantFrom('LIMIT' as const, 'LIMIT' as const, 'MARKET' as const),
  side: fc.constantFrom('BUY' as const, 'SELL' as const),
  parts: fc.integer({ min: 900, max: 1_100 }),
  offTick: fc.constantFrom(0n, 0n, 0n, 1n),
  steps: fc.oneof(fc.bigInt({ min: 0n, max: 2_000n }), fc.bigInt({ min: 0n, max: 10n ** 9n })),
  offStep: fc.constantFrom(0n, 0n, 0n, 1n),
})

const FILES = ['exchange/binance-um-exchangeInfo-20251030.json', 'exchange/aster-exchangeInfo-20260112.json']

describe('random orders', () => {
  it.each(FILES.filter(hasData))('pass exactly when the listing of %s allows them', (path) => {
    const { symbols } = JSON.parse(dataText(path)) as { readonly symbols: readonly Listing[] }
    const tradable = parseMarket(dataText(path)).filter(({ rules }) => rules.instrument.isTrading)
    const seen = { placed: 0, refused: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...tradable), shape, ({ rules }, { type, side, parts, offTick, steps, offStep }) => {
        const { instrument } = rules
        const mark = asPrice(
          ((rules.minPrice + rules.maxPrice) / 100n / instrument.tickSize + 1n) * instrument.tickSize,
        )
        const exchange = exchangeWith({ rules, price: mark })
        const near = ((mark * BigInt(parts)) / 1_000n / instrument.tickSize) * instrument.tickSize
        const order: OrderSpec = {
          ...PLAIN_SPEC,
          symbol: instrument.symbol,
          side,
          type,
          price: type === 'MARKET' ? null : asPrice(near + offTick),
          quantity: asQuantity(steps * instrument.stepSize + offStep),
        }
        const listing = symbols.find(({ symbol }) => symbol === instrument.symbol)!
        const placement = placeOrder(exchange, 'main', order)
        const isPlaced = placement.type === 'placed' || placement.code === -2027 || placement.code === -2019
        seen[isPlaced ? 'placed' : 'refused'] += 1
        expect(isPlaced).toBe(allows(listing, order, mark))
      }),
      { numRuns: Math.max(400, Number(process.env['LAW_RUNS'] ?? 0)) },
    )
    expect(Math.min(seen.placed, seen.refused)).toBeGreaterThan(40)
  })

  it('a quantity at each bound', () => {
    const [market] = parseMarket(
      JSON.stringify({
        symbols: [
          {
            symbol: 'XUSDT',
            status: 'TRADING',
            filters: [
              { filterType: 'PRICE_FILTER', minPrice: '1', maxPrice: '1000', tickSize: '0.5' },
              { filterType: 'LOT_SIZE', minQty: '2', maxQty: '10', stepSize: '1' },
              { filterType: 'MARKET_LOT_SIZE', minQty: '2', maxQty: '5', stepSize: '1' },
            ],
          },
        ],
        prices: { XUSDT: '100' },
      }),
    )
    const code = (type: 'LIMIT' | 'MARKET', quantity: string, price: string): number | null => {
      const terms = { symbol: 'XUSDT', side: 'BUY' as const, type, quantity: parseQuantity(quantity) }
      const placement = placeOrder(exchangeWith(market!), 'main', { ...PLAIN_SPEC, ...terms, price: parsePrice(price) })
      return placement.type === 'refused' ? placement.code : null
    }
    expect([
      code('LIMIT', '1', '100'),
      code('LIMIT', '2', '100'),
      code('LIMIT', '10', '100'),
      code('LIMIT', '11', '100'),
    ]).toEqual([-4004, null, null, -4005])
    expect([code('MARKET', '5', '100'), code('MARKET', '6', '100')]).toEqual([null, -4005])
    expect([
      code('LIMIT', '2', '0.5'),
      code('LIMIT', '2', '1'),
      code('LIMIT', '2', '1000'),
      code('LIMIT', '2', '1000.5'),
    ]).toEqual([-4013, null, null, -4002])
  })
})
