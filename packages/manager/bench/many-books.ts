import type { MarketEvent, VenueStream } from '@tranchebook/adapters'
import { type BookEvent, type MarkInput, parseConfig, parseEvent, parseMoney, parsePrice } from '@tranchebook/core'
import {
  BINANCE_BEHAVIOUR,
  createExchange,
  createVirtualClock,
  type Exchange,
  openAccount,
  openSimulated,
  rulesFrom,
  setHedgeMode,
  type SimulatedVenue,
  type VirtualClock,
} from '@tranchebook/simulator'
import { MemoryStore } from '@tranchebook/store'
import { TrancheManager } from '../src/index.js'

/** A manager with many books on the simulated venue, all in this process, on a clock that stands still until it is moved. */
export interface ManyBooks {
  readonly manager: TrancheManager
  readonly venue: SimulatedVenue
  readonly exchange: Exchange
  readonly clock: VirtualClock
  readonly symbols: readonly string[]
  /** Delivers one mark as the venue's stream would. */
  readonly tell: (mark: MarkInput) => void
  readonly pass: (ms: number) => Promise<void>
}

const START = Date.UTC(2026, 0, 5, 12)

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}

/** Books of symbols at 100, protected tranche by tranche, with room for all of it. */
export async function openManyBooks(
  count: number,
  options: Readonly<Record<string, unknown>> = {},
): Promise<ManyBooks> {
  const symbols = Array.from({ length: count }, (_, index) => `A${index}USDT`)
  const limits = { minNotional: '1', maxQuantity: '100000', maxMarketQuantity: '100000', maxConditionalOrders: null }
  const markets = symbols.map((symbol) => ({
    rules: rulesFrom({ symbol, tickSize: '0.01', stepSize: '0.001', ...limits }),
    price: parsePrice('100'),
  }))
  const behaviour = { ...BINANCE_BEHAVIOUR, maxConditionals: 1_000_000 }
  const exchange = createExchange({ markets, behaviour, seed: 1, startTime: START })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney('100000000')]]))
  setHedgeMode(exchange, 'main', true)
  const clock = createVirtualClock(exchange)
  const venue = openSimulated({ exchange, account: 'main', clock })
  let tell: (event: MarketEvent) => void = () => undefined
  const streamMarks = venue.streamMarks
  venue.streamMarks = (wanted, listener): VenueStream => {
    tell = listener
    return streamMarks(wanted, listener)
  }
  const store = new MemoryStore<BookEvent>({ decode: parseEvent, now: () => clock.now() })
  const defaults = { slPercent: '20', tpPercent: '20', maxTranches: 20, maxPriceAgeMs: 3_600_000, ...options }
  const bare = Object.fromEntries(symbols.map((symbol) => [symbol, {}]))
  const config = parseConfig({ positionMode: 'HEDGE', account: 'main', defaults, symbols: bare })
  const manager = TrancheManager.open({ account: 'main', venue, store, config, clock })
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100)
      await turn()
    }
  }
  const started = manager.start()
  await Promise.all([started, pass(2000)])
  return { manager, venue, exchange, clock, symbols, tell: (mark) => tell(mark), pass }
}
