import { parseConfig, parseEvent, parseMoney, parsePrice } from '@tranchebook/core'
import {
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createVirtualClock,
  openAccount,
  openSimulated,
  setHedgeMode,
} from '@tranchebook/simulator'
import type { RepairSetup } from '../src/index.js'
import { FlakyStore } from './flaky-store.js'

const START = Date.UTC(2026, 0, 5, 12)

/** An account in hedge mode at the simulated venue, with an empty log and a configuration that may not fit it. */
export function simulatedAccount(options: Readonly<Record<string, unknown>>, wallet = '1000'): RepairSetup {
  const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
  const exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(wallet)]]))
  setHedgeMode(exchange, 'main', true)
  const clock = createVirtualClock(exchange)
  const { positionMode = 'HEDGE', symbols = { BTCUSDT: {} }, ...defaults } = options
  return {
    account: 'main',
    venue: openSimulated({ exchange, account: 'main', clock }),
    store: new FlakyStore({ decode: parseEvent, now: () => clock.now() }),
    config: parseConfig({ positionMode, account: 'main', defaults, symbols }),
    clock,
  }
}
