import {
  type BookEvent,
  formatPrice,
  parseConfig,
  parseEvent,
  parseMoney,
  parsePrice,
  parseQuantity,
  type PositionMode,
  type Side,
  streamOf,
  type TranchebookConfig,
} from '@tranchebook/core'
import {
  accountOf,
  ASTER_BEHAVIOUR,
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createRandom,
  createVirtualClock,
  type Exchange,
  marketOf,
  movePrice,
  openAccount,
  openSimulated,
  PLAIN_SPEC,
  placeOrder,
  type Random,
  seededFaults,
  type SeededFaults,
  setHedgeMode,
  type SimulatedVenue,
  type VirtualClock,
} from '@tranchebook/simulator'
import { TrancheManager } from '../src/index.js'
import { FlakyStore } from './flaky-store.js'
import { violationsOf } from './soak-violations.js'

const ACCOUNT = 'main'
const SYMBOL = 'BTCUSDT'
const START = Date.UTC(2026, 0, 5, 12)
const STEP_MS = 25

const VARIANTS: readonly Readonly<Record<string, unknown>>[] = [
  { tpPercent: '2', slPercent: '1.5' },
  { tpPercent: '4', slPercent: '3', trancheIsolationThreshold: '1', closingStrategy: 'FIFO' },
  {
    tpPercent: '3',
    slPercent: '2',
    enableScaledTakeProfit: true,
    scaledTpLevels: [
      { profitPercent: '1', closePercent: '40' },
      { profitPercent: '2', closePercent: '60' },
    ],
  },
  { tpPercent: '2', slPercent: '1.5', protection: 'COMBINED' },
]

/** A manager on the simulated venue, with faults and users' actions that one seed draws. */
export class SoakStage {
  readonly exchange: Exchange
  readonly clock: VirtualClock
  readonly faults: SeededFaults
  readonly store: FlakyStore
  manager: TrancheManager | null = null
  private readonly random: Random
  private readonly mode: PositionMode
  private readonly config: TranchebookConfig
  private venue: SimulatedVenue | null = null
  private kill = new AbortController()

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.mode = seed % 2 === 0 ? 'HEDGE' : 'ONE_WAY'
    const behaviour = seed % 3 === 0 ? ASTER_BEHAVIOUR : BINANCE_BEHAVIOUR
    const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
    this.exchange = createExchange({ markets, behaviour, seed, startTime: START })
    openAccount(this.exchange, ACCOUNT, new Map([['USDT', parseMoney('1000000')]]))
    if (this.mode === 'HEDGE') setHedgeMode(this.exchange, ACCOUNT, true)
    this.clock = createVirtualClock(this.exchange)
    this.faults = seededFaults(seed)
    this.store = new FlakyStore({ decode: parseEvent, now: () => this.clock.now() })
    const defaults = {
      maxTranches: 5,
      maxPriceAgeMs: 60_000,
      trancheIsolationThreshold: '1',
      ...VARIANTS[seed % VARIANTS.length],
    }
    this.config = parseConfig({ positionMode: this.mode, account: ACCOUNT, defaults, symbols: { [SYMBOL]: {} } })
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

  async start(): Promise<void> {
    const { exchange, clock, faults, store, config } = this
    for (let attempt = 0; attempt < 50; attempt += 1) {
      this.kill = new AbortController()
      this.venue = openSimulated({ exchange, account: ACCOUNT, clock, faults })
      const { venue, kill } = this
      this.manager = TrancheManager.open({ account: ACCOUNT, venue, store, config, clock, signal: kill.signal })
      if (await this.comesToLife(this.manager)) return
      await this.crash()
    }
    throw new RangeError('the manager never came to life')
  }

  private async comesToLife(manager: TrancheManager): Promise<boolean> {
    const start = { isOver: false, isLive: false }
    const follow = async (): Promise<void> => {
      try {
        await manager.start()
        start.isLive = true
      } catch {
        // Told by the answer below.
      }
      start.isOver = true
    }
    void follow()
    for (let waited = 0; waited < 600 && !start.isOver; waited += 1) await this.pass(100)
    return start.isLive
  }

  /** The process is gone; its lease runs out. */
  async crash(): Promise<void> {
    this.kill.abort()
    await this.venue?.close()
    await this.pass(16_000)
  }

  /** One thing that happens to it. */
  async act(): Promise<void> {
    const { random } = this
    const choice = random.next(100)
    if (choice < 45) this.move()
    else if (choice < 65) this.enter()
    else if (choice < 75) this.leave()
    else if (choice < 85) this.tradeByHand()
    else if (choice < 90) this.venue?.cutStreams('cut by hand')
    else if (choice < 94) this.store.faults.push(random.chance(500) ? 'not-sent' : 'lose-reply')
    else if (choice < 96) await this.restart()
    else if (choice < 97) this.moveStop()
    else if (choice < 98) this.order('killSwitch')
    else if (choice < 99) this.order(random.chance(500) ? 'pause' : 'resume')
    else void this.manager?.isolateTranche({ symbol: SYMBOL, tranche: `T${1 + random.next(9)}` }).catch(() => null)
    await this.pass(25 + random.next(60) * 50)
  }

  /** Faults end; it has time to find its way. */
  async settle(): Promise<void> {
    this.faults.stop()
    this.store.faults.length = 0
    for (let second = 0; second < 60; second += 1) {
      this.move('0')
      await this.pass(1000)
    }
  }

  /** What does not hold, as sentences. */
  async violations(): Promise<readonly string[]> {
    const account = accountOf(this.exchange, ACCOUNT)
    const config = this.config.symbols[SYMBOL] ?? this.config.defaults
    return violationsOf({
      account,
      symbol: SYMBOL,
      events: await this.events(),
      config,
      instrument: BTCUSDT.instrument,
    })
  }

  async events(): Promise<readonly BookEvent[]> {
    const events: BookEvent[] = []
    for await (const { event } of this.store.read(streamOf({ account: ACCOUNT, symbol: SYMBOL }))) events.push(event)
    return events
  }

  private async restart(): Promise<void> {
    await this.crash()
    await this.start()
  }

  private move(percent?: string): void {
    const market = marketOf(this.exchange, SYMBOL)
    const basisPoints = percent === undefined ? this.random.next(161) - 80 : 0
    const to = (Number(formatPrice(market.mark)) * (1 + basisPoints / 10_000)).toFixed(1)
    movePrice(this.exchange, { symbol: SYMBOL, to: parsePrice(to), axis: 'both', isGap: this.random.chance(300) })
  }

  private side(): Side {
    return this.random.chance(600) ? 'LONG' : 'SHORT'
  }

  private quantity(): string {
    return `0.0${1 + this.random.next(9)}`
  }

  private enter(): void {
    const side = this.mode === 'HEDGE' ? this.side() : 'LONG'
    void this.manager?.openTranche({ symbol: SYMBOL, side, quantity: this.quantity() }).catch(() => null)
  }

  private order(command: 'killSwitch' | 'pause' | 'resume'): void {
    void this.manager?.[command]().catch(() => null)
    if (command === 'killSwitch')
      this.clock.schedule(20_000, () => {
        this.order('resume')
      })
  }

  private moveStop(): void {
    const tranche = `T${1 + this.random.next(12)}`
    const price = `${48_000 + this.random.next(3000)}`
    void this.manager?.command(SYMBOL, { command: 'moveStop', tranche, price }).catch(() => null)
  }

  private leave(): void {
    const tranche = `T${1 + this.random.next(12)}`
    const quantity = this.random.chance(500) ? null : '0.005'
    void this.manager?.closeTranche({ symbol: SYMBOL, tranche, quantity }).catch(() => null)
  }

  private tradeByHand(): void {
    const side = this.random.chance(500) ? 'BUY' : 'SELL'
    const positionSide = this.mode === 'HEDGE' ? (side === 'BUY' ? 'LONG' : 'SHORT') : 'BOTH'
    const quantity = parseQuantity(this.quantity())
    const clientOrderId = `web_${this.random.text(8)}`
    placeOrder(this.exchange, ACCOUNT, {
      ...PLAIN_SPEC,
      symbol: SYMBOL,
      side,
      positionSide,
      type: 'MARKET',
      quantity,
      clientOrderId,
    })
  }
}
