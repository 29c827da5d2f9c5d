import {
  type BookEvent,
  parseConfig,
  parseEvent,
  parseMoney,
  notional,
  parsePrice,
  parseQuantity,
  type TranchebookConfig,
  type Money,
  NO_MONEY,
  plus,
} from '@tranchebook/core'
import { type CommandAnswer, TrancheManager } from '@tranchebook/manager'
import {
  accountOf,
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createVirtualClock,
  ETHUSDT,
  type Exchange,
  marketOf,
  movePrice,
  openAccount,
  openPositions,
  openSimulated,
  positionOf,
  setHedgeMode,
  setMark,
  type SimulatedVenue,
  unrealizedAt,
  type VirtualClock,
  walletOf,
} from '@tranchebook/simulator'
import { MemoryStore } from '@tranchebook/store'
import { connectDashboard, type Dashboard, type DashboardClient, liveSource, openDashboard } from '../src/index.js'

export const BTC = { account: 'main', symbol: 'BTCUSDT' } as const
const START = Date.UTC(2026, 0, 5, 12)
const STEP_MS = 25

const DEFAULTS = {
  tpPercent: '5',
  slPercent: '20',
  maxTranches: 5,
  maxPriceAgeMs: 600_000,
  trancheIsolationThreshold: '5',
  enableScaledTakeProfit: true,
  scaledTpLevels: [
    { profitPercent: '3', closePercent: '40' },
    { profitPercent: '5', closePercent: '30' },
    { profitPercent: '8', closePercent: '30' },
  ],
}

/** A simulated venue, a manager on a log in memory, and a dashboard over a real socket. Time passes by hand. */
export class Stage {
  readonly exchange: Exchange
  readonly clock: VirtualClock
  readonly store: MemoryStore<BookEvent>
  readonly config: TranchebookConfig
  readonly venue: SimulatedVenue
  readonly manager: TrancheManager
  private opened: Dashboard | null = null

  constructor(options: Readonly<Record<string, unknown>> = {}) {
    const markets = [
      { rules: BTCUSDT, price: parsePrice('50000') },
      { rules: ETHUSDT, price: parsePrice('3000') },
    ]
    this.exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
    openAccount(this.exchange, BTC.account, new Map([['USDT', parseMoney('1000000')]]))
    setHedgeMode(this.exchange, BTC.account, true)
    this.clock = createVirtualClock(this.exchange)
    this.store = new MemoryStore<BookEvent>({ decode: parseEvent, now: () => this.clock.now() })
    this.config = parseConfig({
      positionMode: 'HEDGE',
      account: BTC.account,
      defaults: { ...DEFAULTS, ...options },
      symbols: { BTCUSDT: {}, ETHUSDT: {} },
    })
    this.venue = openSimulated({ exchange: this.exchange, account: BTC.account, clock: this.clock })
    const { venue, store, config, clock } = this
    this.manager = TrancheManager.open({ account: BTC.account, venue, store, config, clock })
  }

  /** A live manager and an open dashboard. */
  static async open(options: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
    const stage = new Stage(options)
    await stage.whileTimePasses(stage.manager.start())
    const { manager, store, config } = stage
    stage.opened = await openDashboard({ source: liveSource({ manager, store, config, badge: 'SIM' }) })
    return stage
  }

  get dashboard(): Dashboard {
    if (this.opened !== null) return this.opened
    throw new RangeError('the stage is not open')
  }

  get client(): DashboardClient {
    const { origin, token } = this.dashboard
    return connectDashboard({ url: origin, token })
  }

  /** The dashboard ends and comes back at the same place, with the same token. */
  async reopen(): Promise<void> {
    const { port, token } = this.dashboard
    await this.dashboard.close()
    const { manager, store, config } = this
    this.opened = await openDashboard({ source: liveSource({ manager, store, config, badge: 'SIM' }), port, token })
  }

  async close(): Promise<void> {
    await this.opened?.close()
    await this.whileTimePasses(this.manager.stop())
    await this.venue.close()
    await this.store.close()
  }

  /** What the venue itself says that the account holds, quote. */
  atTheVenue(): { readonly wallet: Money; readonly unrealized: Money } {
    const account = accountOf(this.exchange, BTC.account)
    const unrealized = openPositions(account).reduce<Money>(
      (sum, position) => plus(sum, unrealizedAt(position, marketOf(this.exchange, position.symbol).mark)),
      NO_MONEY,
    )
    return { wallet: walletOf(account, 'USDT'), unrealized }
  }

  /** Time passes in small steps; after each, all that waits for nothing else runs. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      this.clock.advance(STEP_MS)
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  /** Waits for something that needs the clock to go on. */
  async whileTimePasses<Result>(work: Promise<Result>): Promise<Result> {
    const progress = { isOver: false }
    const over = (): void => {
      progress.isOver = true
    }
    work.then(over, over)
    for (let step = 0; step < 4000 && !progress.isOver; step += 1) await this.pass(STEP_MS)
    return work
  }

  /** The venue holds more than any trade explains. */
  appear(quantity: string, entryPrice: string): void {
    const position = positionOf(accountOf(this.exchange, BTC.account), BTC.symbol, 'LONG')
    const added = parseQuantity(quantity)
    position.amount = plus(position.amount, added)
    position.cost = plus(position.cost, notional(parsePrice(entryPrice), added))
  }

  /** The price goes somewhere, and what follows has time to happen. */
  async move(to: string, symbol: string = BTC.symbol): Promise<void> {
    movePrice(this.exchange, { symbol, to: parsePrice(to), axis: 'both', isGap: false })
    setMark(this.exchange, symbol, parsePrice(to))
    await this.pass(2000)
  }

  /** An entry that has had time to fill and to be protected. */
  async enter(quantity: string, label: string | null = null): Promise<CommandAnswer> {
    const answer = await this.whileTimePasses(
      this.manager.openTranche({ symbol: BTC.symbol, side: 'LONG', quantity, label }),
    )
    await this.pass(2000)
    return answer
  }
}
