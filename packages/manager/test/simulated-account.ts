import { parseConfig, parseEvent, parseMoney, parsePrice, parseQuantity } from '@tranchebook/core'
import {
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  closeByVenue,
  createExchange,
  createVirtualClock,
  ETHUSDT,
  type Exchange,
  movePrice,
  openAccount,
  openSimulated,
  PLAIN_SPEC,
  placeOrder,
  setHedgeMode,
  transfer,
  type VirtualClock,
} from '@tranchebook/simulator'
import type { RepairSetup } from '../src/index.js'
import { FlakyStore } from './flaky-store.js'

const START = Date.UTC(2026, 0, 5, 12)

export { cancelAllConditionals, faultsByHand, openSimulated, positionOf, setHedgeMode } from '@tranchebook/simulator'

/** Everything of an account at the simulated venue. */
export interface SimulatedAccount extends RepairSetup {
  readonly exchange: Exchange
  readonly clock: VirtualClock
}

/** An account in hedge mode at the simulated venue, with an empty log and a configuration that may not fit it. */
export function simulatedAccount(options: Readonly<Record<string, unknown>>, wallet = '1000'): SimulatedAccount {
  const markets = [
    { rules: BTCUSDT, price: parsePrice('50000') },
    { rules: ETHUSDT, price: parsePrice('3000') },
  ]
  const exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(wallet)]]))
  setHedgeMode(exchange, 'main', true)
  const clock = createVirtualClock(exchange)
  const { positionMode = 'HEDGE', symbols = { BTCUSDT: {} }, ...defaults } = options
  return {
    exchange,
    account: 'main',
    venue: openSimulated({ exchange, account: 'main', clock }),
    store: new FlakyStore({ decode: parseEvent, now: () => clock.now() }),
    config: parseConfig({ positionMode, account: 'main', defaults, symbols }),
    clock,
  }
}

/** What others do at the venue. */
export interface VenueActs {
  move(symbol: string, price: string): void
  transfer(amount: string): void
  buyByHand(symbol: string, quantity: string): void
  sellByHand(symbol: string, quantity: string): void
  /** Takes a part of the LONG position away. */
  deleverage(symbol: string, quantity: string): void
}

/** Time passes in steps; after each, all that waits for nothing else runs. */
export async function passTime({ clock }: SimulatedAccount, ms: number, stepMs = 250): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    clock.advance(stepMs)
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}

/** What others do at the venue, in hedge mode on the LONG side. */
export function actAtVenue({ exchange, config }: SimulatedAccount): VenueActs {
  const trade = (symbol: string, side: 'BUY' | 'SELL', quantity: string): void => {
    const clientOrderId = `web_${exchange.time}_${side}`
    const positionSide = config.positionMode === 'HEDGE' ? 'LONG' : 'BOTH'
    const order = { symbol, side, positionSide, type: 'MARKET', clientOrderId } as const
    placeOrder(exchange, 'main', { ...PLAIN_SPEC, ...order, quantity: parseQuantity(quantity) })
  }
  return {
    move: (symbol, price) => {
      movePrice(exchange, { symbol, to: parsePrice(price), axis: 'both', isGap: false })
    },
    transfer: (amount) => {
      transfer(exchange, 'main', { asset: 'USDT', amount: parseMoney(amount) })
    },
    buyByHand: (symbol, quantity) => {
      trade(symbol, 'BUY', quantity)
    },
    deleverage: (symbol, quantity) => {
      const part = { symbol, positionSide: 'LONG', quantity: parseQuantity(quantity), by: 'adl' } as const
      closeByVenue(exchange, 'main', part)
    },
    sellByHand: (symbol, quantity) => {
      trade(symbol, 'SELL', quantity)
    },
  }
}
