import { parsePrice } from '@tranchebook/core'
import {
  BTCUSDT,
  createRandom,
  type Dialect,
  ETHUSDT,
  type Exchange,
  type MarketStart,
  marketOf,
  rulesFrom,
} from '@tranchebook/simulator'
import { seededPath } from './seeded-path.js'
import type { Waypoint } from './waypoint.js'

/** Where a market stands when its venue is opened. */
export interface Standing {
  readonly exchange: Exchange
  /** Time of the market. */
  readonly time: number
  /** How often it was opened before. */
  readonly starts: number
}

/** What trades at a demo's venue, and how its prices go. */
export interface DemoMarket {
  /** Tells one market from another: a directory belongs to one. */
  readonly name: string
  readonly markets: readonly MarketStart[]
  /** Time of the market at which it begins. */
  readonly begin: number
  /** How long its prices went before anybody trades, ms. */
  readonly pastMs: number
  /** How prices go on from there, by symbol. */
  pathsFrom(standing: Standing): ReadonlyMap<string, Iterator<Waypoint, void>>
}

const PAST_MS = 3 * 3_600_000

function usualMarkets(dialect: Dialect): readonly MarketStart[] {
  const limited = { minNotional: '5', maxConditionalOrders: null, maxQuantity: '1000', maxMarketQuantity: '120' }
  const btc = rulesFrom({ symbol: 'BTCUSDT', tickSize: '0.1', stepSize: '0.001', ...limited })
  const eth = rulesFrom({ symbol: 'ETHUSDT', tickSize: '0.01', stepSize: '0.001', ...limited })
  return [
    { rules: dialect === 'binance' ? BTCUSDT : btc, price: parsePrice('50000') },
    { rules: dialect === 'binance' ? ETHUSDT : eth, price: parsePrice('3000') },
  ]
}

/** BTCUSDT and ETHUSDT by chance from a seed. */
export function seededMarket(dialect: Dialect, seed: number): DemoMarket {
  const markets = usualMarkets(dialect)
  return {
    name: `seed ${seed}`,
    markets,
    begin: 0,
    pastMs: PAST_MS,
    pathsFrom: ({ exchange, starts }) =>
      new Map(
        markets.map(({ rules, price: home }, index) => {
          const { symbol } = rules.instrument
          const random = createRandom(seed * 1_000 + starts * 10 + index)
          return [symbol, seededPath(random, { begin: marketOf(exchange, symbol).last, home })]
        }),
      ),
  }
}
