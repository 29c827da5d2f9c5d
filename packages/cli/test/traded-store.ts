import {
  type BookEvent,
  parseConfig,
  parseMoney,
  parsePrice,
  streamOf,
  type TranchebookConfig,
  upcast,
} from '@tranchebook/core'
import { TrancheManager } from '@tranchebook/manager'
import {
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createVirtualClock,
  type Exchange,
  movePrice,
  openAccount,
  openSimulated,
  setHedgeMode,
  setMark,
  type SimulatedVenue,
  type VirtualClock,
} from '@tranchebook/simulator'
import { type EventStore, openEmbeddedStore, openMemoryStore, projectEvent, recordEvents } from '@tranchebook/store'

const ACCOUNT = 'main'
export const SYMBOL = 'BTCUSDT'
const START = Date.UTC(2026, 0, 5, 9)
const STEP_MS = 25
const TURNS = 8

const CONFIG = {
  positionMode: 'HEDGE',
  account: ACCOUNT,
  defaults: {
    maxPriceAgeMs: 600_000,
    tpPercent: '8',
    slPercent: '4',
    trancheIsolationThreshold: '3',
    enableScaledTakeProfit: true,
    scaledTpLevels: [
      { profitPercent: '3', closePercent: '40' },
      { profitPercent: '5', closePercent: '30' },
      { profitPercent: '8', closePercent: '30' },
    ],
  },
  symbols: { [SYMBOL]: {} },
}

interface Stage {
  readonly exchange: Exchange
  readonly clock: VirtualClock
  readonly manager: TrancheManager
}

/** A stage that has been traded on. */
export interface TradedStage extends Stage {
  readonly store: EventStore<BookEvent>
  readonly venue: SimulatedVenue
  readonly config: TranchebookConfig
  close(): Promise<void>
}

/** Whatever waits for nothing but its turn has it. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
}

async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    clock.advance(STEP_MS)
    await drain()
  }
}

/** What a work answers, once all that follows from it has had time, too. */
async function during<Answer>(clock: VirtualClock, work: Promise<Answer>): Promise<Answer> {
  const [answer] = await Promise.all([work, pass(clock, 2000)])
  return answer
}

async function moveTo({ exchange, clock }: Stage, price: string): Promise<void> {
  movePrice(exchange, { symbol: SYMBOL, to: parsePrice(price), axis: 'both', isGap: false })
  setMark(exchange, SYMBOL, parsePrice(price))
  await pass(clock, 2000)
}

/** Two entries; the first takes profit once and its stop moves, the second is isolated. */
async function trade(stage: Stage): Promise<void> {
  const { manager, clock } = stage
  await during(clock, manager.start())
  await moveTo(stage, '50000')
  await during(clock, manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.1', label: 'first' }))
  await moveTo(stage, '51600')
  await during(clock, manager.openTranche({ symbol: SYMBOL, side: 'LONG', quantity: '0.05' }))
  await moveTo(stage, '50040')
  await during(clock, manager.openTranche({ symbol: SYMBOL, side: 'SHORT', quantity: '0.02' }))
  await moveTo(stage, '50020')
}

/** A venue, a log in memory and a manager that has traded: orders, fills, a stop that moved, an isolation. */
export async function openTraded(): Promise<TradedStage> {
  const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
  const exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
  openAccount(exchange, ACCOUNT, new Map([['USDT', parseMoney('100000')]]))
  setHedgeMode(exchange, ACCOUNT, true)
  const clock = createVirtualClock(exchange)
  const store = openMemoryStore<BookEvent>({ decode: upcast, now: () => clock.now() })
  const venue = openSimulated({ exchange, account: ACCOUNT, clock })
  const kill = new AbortController()
  const config = parseConfig(CONFIG)
  const manager = TrancheManager.open({ account: ACCOUNT, venue, store, config, clock, signal: kill.signal })
  const stage = { exchange, clock, manager, store, venue, config }
  await trade(stage)
  return {
    ...stage,
    close: async () => {
      kill.abort()
      await venue.close()
    },
  }
}

/** Events of a manager that has traded. */
async function tradedEvents(): Promise<readonly BookEvent[]> {
  const stage = await openTraded()
  await stage.close()
  const events: BookEvent[] = []
  for await (const { event } of stage.store.read(streamOf({ account: ACCOUNT, symbol: SYMBOL }))) events.push(event)
  return events
}

/** An embedded store with those events. */
export async function writeTradedStore(directory: string): Promise<readonly BookEvent[]> {
  const events = await tradedEvents()
  const store = await openEmbeddedStore({ directory, decode: upcast, project: projectEvent })
  await store.append(`${ACCOUNT}/${SYMBOL}`, recordEvents(events, 0), { expected: 'none' })
  await store.close()
  return events
}
