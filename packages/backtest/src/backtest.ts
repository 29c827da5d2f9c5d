import {
  type BookEvent,
  InputError,
  InvariantError,
  parseEvent,
  parseMoney,
  type TrancheBook,
  type TranchebookConfig,
} from '@tranchebook/core'
import { TrancheManager } from '@tranchebook/manager'
import {
  type Bar,
  BINANCE_BEHAVIOUR,
  createExchange,
  type Exchange,
  openAccount,
  openSimulated,
  setHedgeMode,
} from '@tranchebook/simulator'
import type { EventStore } from '@tranchebook/store'
import type { BacktestOptions } from './backtest-options.js'
import { LeapingClock } from './drive/leaping-clock.js'
import { NotedStore } from './drive/noted-store.js'
import { playMarkets } from './drive/play-markets.js'
import { Settling } from './drive/settling.js'
import { checkAgreement } from './judge/check-agreement.js'
import type { Comparison } from './judge/compare-logs.js'
import { unprotectedMs } from './judge/unprotected-time.js'
import type { RecordedMarket } from './market/recorded-market.js'
import { parseAmount } from './strategy/parse-amount.js'

/** A book at the end, and all it recorded. */
export interface BacktestBook {
  readonly book: TrancheBook
  readonly events: readonly BookEvent[]
}

/** What came of a backtest. */
export interface BacktestResult {
  readonly bars: number
  readonly books: readonly BacktestBook[]
  /** What books, venue and log say of the same figures. */
  readonly agreement: readonly Comparison[]
  /** Milliseconds of the venue's time during which something open had no stop there. */
  readonly unprotectedMs: number
}

const DAY_MS = 86_400_000
const FIRST_WALLET = '100000'
/** No other process wants the account, and the clock leaps. */
const LEASE_MS = 1_000 * 365 * DAY_MS

interface Stage {
  readonly exchange: Exchange
  readonly clock: LeapingClock
  readonly settling: Settling
  readonly store: EventStore<BookEvent>
  readonly manager: TrancheManager
}

/** @throws {InputError} `input.malformed` for a market without a bar, or one that is not configured */
function firstBarOf({ rules, bars }: RecordedMarket, { config }: BacktestOptions): Bar {
  const { symbol } = rules.instrument
  const configured = Object.keys(config.symbols)
  if (!configured.includes(symbol))
    throw new InputError(
      'input.malformed',
      `expected every market in the configuration's symbols, which are ${configured.join(', ')}; got ${symbol}: add it there`,
    )
  const [first] = bars
  if (first !== undefined) return first
  throw new InputError('input.malformed', `expected bars of ${symbol}; got none`)
}

function openExchange(options: BacktestOptions): Exchange {
  const { markets, behaviour = BINANCE_BEHAVIOUR, config } = options
  const firsts = markets.map((market) => ({ market, bar: firstBarOf(market, options) }))
  const exchange = createExchange({
    markets: firsts.map(({ market: { rules }, bar }) => ({ rules, price: bar.open })),
    behaviour,
    seed: 1,
    startTime: firsts.reduce((earliest, { bar }) => Math.min(earliest, bar.openTime), Infinity) - 1,
  })
  openAccount(
    exchange,
    config.account,
    new Map([[quoteAssetFor(options), parseAmount('wallet', options.wallet ?? FIRST_WALLET)]]),
  )
  if (config.positionMode === 'HEDGE') setHedgeMode(exchange, config.account, true)
  return exchange
}

/** The asset that all markets are quoted in. */
function quoteAssetFor({ markets }: BacktestOptions): string {
  const assets = [...new Set(markets.map(({ rules }) => rules.instrument.quoteAsset))]
  const [asset, ...others] = assets
  if (asset !== undefined && others.length === 0) return asset
  throw new InputError('input.malformed', `expected markets quoted in one asset; got ${assets.join(', ')}`)
}

/** Nothing gets lost between a manager and a venue of one program: comparing them once a day is enough. */
function withRareLooks(config: TranchebookConfig): TranchebookConfig {
  const reconcileIntervalMs = Math.max(config.defaults.reconcileIntervalMs, DAY_MS)
  return { ...config, defaults: { ...config.defaults, reconcileIntervalMs } }
}

function openStage(options: BacktestOptions): Stage {
  const { config, closingRules } = options
  const { account } = config
  const exchange = openExchange(options)
  const clock = new LeapingClock(exchange)
  const settling = new Settling(exchange, clock)
  const note = (): void => {
    settling.note()
  }
  const store = new NotedStore({ decode: parseEvent, now: () => clock.now() }, note)
  const manager = TrancheManager.open({
    account,
    venue: openSimulated({ exchange, account, clock }),
    store,
    config: withRareLooks(config),
    clock,
    leaseMs: LEASE_MS,
    verifyLog: false,
    ...(closingRules === undefined ? {} : { closingRules }),
  })
  return { exchange, clock, settling, store, manager }
}

async function readBook({ manager, store }: Stage, symbol: string): Promise<BacktestBook> {
  const { book, stream } = manager.readBook(symbol)
  const events: BookEvent[] = []
  for await (const { event } of store.read(stream)) events.push(event)
  return { book, events }
}

/** What LIFO had to stand in for says nothing about the rule that is tried out. */
function assertRulesHeld({ health }: TrancheManager): void {
  const broken = health.reasons.find(({ code }) => code === 'closingRuleBroken')
  if (broken !== undefined) throw new InvariantError('closing.rule-broken', broken.message)
}

/**
 * Runs a strategy with the manager that would run live: through the simulated venue, on recorded bars, with a log in memory and a clock
 * that leaps from corner to corner of a bar. Stops and targets that rest at the venue fill at their own price inside a bar; whatever the
 * manager decides because of a price, it decides at the bar's corners and before the market goes on.
 *
 * @throws {InputError} `input.malformed` when the markets cannot be used, or the wallet is not above 0
 * @throws {InvariantError} `closing.rule-broken` when a custom closing rule threw or did not add up: a manager would have done without it
 */
export async function backtest(options: BacktestOptions): Promise<BacktestResult> {
  const { markets, config, wallet = FIRST_WALLET } = options
  const stage = openStage(options)
  const { exchange, clock, settling, store, manager } = stage
  await settling.until(manager.start())
  const bars = await playMarkets({ ...options, exchange, clock, manager, settling })
  await settling.until(manager.syncWithExchange())
  assertRulesHeld(manager)
  const books = await Promise.all(markets.map(async ({ rules }) => readBook(stage, rules.instrument.symbol)))
  const agreement = await checkAgreement({
    manager,
    store,
    exchange,
    account: config.account,
    firstWallet: parseMoney(wallet),
    quoteAsset: quoteAssetFor(options),
  })
  await settling.until(manager.stop())
  return { bars, books, agreement, unprotectedMs: unprotectedMs(books.map(({ events }) => events)) }
}
