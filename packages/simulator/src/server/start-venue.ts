import { type Clock, systemClock } from '@tranchebook/adapters'
import { parseMoney, parsePrice } from '@tranchebook/core'
import { wander } from '../drive/wander.js'
import { ASTER_BEHAVIOUR, BINANCE_BEHAVIOUR } from '../engine/behaviour.js'
import { createExchange, type Exchange, type MarketStart, openAccount } from '../engine/exchange.js'
import { createRandom } from '../engine/random.js'
import { parseMarket } from '../market/parse-market.js'
import { BTCUSDT, ETHUSDT, rulesFrom } from '../market/usual-rules.js'
import type { Dialect } from './context.js'
import { type CreatedKeys, createKeys } from './create-keys.js'
import { type ServedVenue, serveVenue } from './serve-venue.js'

/** What kind of venue to start. */
export interface StartOptions {
  readonly dialect: Dialect
  /** The answer of an `exchangeInfo`; BTCUSDT and ETHUSDT without it. */
  readonly marketText?: string
  /** 0 or absent = any free port. */
  readonly port?: number
  /** Of prices and keys. */
  readonly seed: number
  readonly clock?: Clock
}

/** A venue that runs by itself: its prices wander, one account holds 100,000 USDT. */
export interface StartedVenue {
  readonly exchange: Exchange
  readonly served: ServedVenue
  readonly keys: CreatedKeys
  readonly symbols: readonly string[]
  close(): Promise<void>
}

const ACCOUNT = 'main'
const FIRST_WALLET = '100000'

function usualMarkets(dialect: Dialect): readonly MarketStart[] {
  const limited = { minNotional: '5', maxConditionalOrders: 10, maxQuantity: '1000', maxMarketQuantity: '120' }
  const btc = rulesFrom({ symbol: 'BTCUSDT', tickSize: '0.1', stepSize: '0.001', ...limited })
  const eth = rulesFrom({ symbol: 'ETHUSDT', tickSize: '0.01', stepSize: '0.001', ...limited })
  return [
    { rules: dialect === 'binance' ? BTCUSDT : btc, price: parsePrice('50000') },
    { rules: dialect === 'binance' ? ETHUSDT : eth, price: parsePrice('3000') },
  ]
}

/** Starts a venue on 127.0.0.1. @throws {TranchebookError} `simulator.market-unreadable` */
export async function startVenue(options: StartOptions): Promise<StartedVenue> {
  const { dialect, marketText, seed, port = 0, clock = systemClock } = options
  const markets = marketText === undefined ? usualMarkets(dialect) : parseMarket(marketText)
  const behaviour = dialect === 'binance' ? BINANCE_BEHAVIOUR : ASTER_BEHAVIOUR
  const liquidity = { spreadTicks: 1 }
  const exchange = createExchange({ markets, behaviour, seed, startTime: clock.now(), liquidity })
  openAccount(exchange, ACCOUNT, new Map([['USDT', parseMoney(FIRST_WALLET)]]))
  const keys = createKeys(seed)
  const served = await serveVenue({ exchange, account: ACCOUNT, dialect, keys: keys.keys, port, clock })
  const rest = wander(exchange, clock, createRandom(seed))
  return {
    exchange,
    served,
    keys,
    symbols: [...exchange.markets.keys()],
    close: async () => {
      rest()
      await served.close()
    },
  }
}
