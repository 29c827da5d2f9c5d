import { type Clock, systemClock } from '@tranchebook/adapters'
import { areFiltersUnreadable, type Instrument, unknownInstrument } from '@tranchebook/core'
import { OrderSender } from '../act/order-sender.js'
import { ownNews } from '../act/outcome-inputs.js'
import { OutcomeResolver } from '../act/outcome-resolver.js'
import { BookLoop } from '../book/book-loop.js'
import { pause } from '../clock/pause.js'
import { VenueTime } from '../clock/venue-time.js'
import type { ManagerError } from '../manager-error.js'
import type { EngineOptions } from '../manager-options.js'
import { AccountNotes } from '../read/account-notes.js'
import { EquityWatch } from '../read/equity-watch.js'
import { FundingWatch } from '../reconcile/funding-watch.js'
import { Reconciler } from '../reconcile/reconciler.js'
import { type Logger, silentLogger, whyOf } from '../report/logger.js'
import { filtersUnreadable } from '../report/troubles.js'
import { emptyMetrics, type ManagerMetrics } from '../report/metrics.js'
import { AccountFeed } from './account-feed.js'
import { AccountLife } from './account-life.js'
import type { AccountListener } from './account-listener.js'
import { actHostOf } from './act-host-of.js'
import { feedHostOf } from './feed-host-of.js'
import { logHostOf } from './log-host-of.js'
import { loopHostOf } from './loop-host-of.js'
import { MarkFeed, type MarkHost } from './mark-feed.js'
import { ModeWatch } from './mode-watch.js'
import { type PatienceHost, startGivesUp } from './patience.js'
import type { PreparedBook } from './prepare-account.js'
import { PriceWatch } from './price-watch.js'
import { SymbolRoster } from './symbol-roster.js'
import { VenueSync } from './venue-sync.js'

const START_TIMEOUT_MS = 120_000
/** At most so often the venue is asked for its time because a mark is ahead of it. */
const DOUBT_MS = 10_000
const FILTERS_WAIT_MS = 500

function hasFilters({ tickSize, stepSize }: Instrument): boolean {
  return tickSize > 0n || stepSize > 0n
}

/** One account at rest: its books, and the parts that bring them to the venue and back, each knowing only what it needs of the others. */
export class Account {
  readonly options: EngineOptions
  readonly listener: AccountListener
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: ManagerMetrics = emptyMetrics()
  readonly loops = new Map<string, BookLoop>()
  readonly notes = new AccountNotes()
  readonly life: AccountLife
  /** How a start bears with a venue that does not answer. */
  readonly patience: PatienceHost
  readonly resolver: OutcomeResolver
  readonly sender: OrderSender
  readonly reconciler: Reconciler
  readonly funding: FundingWatch
  readonly feed: AccountFeed
  readonly marks: MarkFeed
  readonly prices: PriceWatch
  readonly sync: VenueSync
  readonly mode: ModeWatch
  readonly roster: SymbolRoster
  readonly equity: EquityWatch
  private readonly beginnings = new Map<string, number>()
  private readonly instruments = new Map<string, Instrument>()
  private listed: ReadonlySet<string> = new Set()
  private unreadable: ReadonlySet<string> = new Set()
  private refreshing: Promise<void> | null = null
  private readonly time: VenueTime

  constructor(options: EngineOptions, listener: AccountListener) {
    this.options = options
    this.listener = listener
    this.clock = options.clock ?? systemClock
    this.logger = options.logger ?? silentLogger
    this.life = new AccountLife(options, this.clock, (health) => {
      listener.onHealth(health)
    })
    const { venue, config } = options
    this.time = new VenueTime(this.clock, venue)
    const { logger, notes } = this
    const { health, schedule, signal } = this.life
    const { startTimeoutMs: timeoutMs = START_TIMEOUT_MS } = options
    const giveUp = (why: string, cause: unknown): ManagerError => startGivesUp(timeoutMs, why, cause)
    this.patience = { clock: this.clock, logger, signal, timeoutMs, giveUp }
    const host = actHostOf(this)
    const loops = (): readonly BookLoop[] => this.list()
    const now = (): number => this.now()
    this.resolver = new OutcomeResolver(host)
    this.sender = new OrderSender(host, this.resolver)
    const beginningOf = (symbol: string): number => this.beginnings.get(symbol) ?? now()
    const log = logHostOf(options.store, health)
    const isListed = (symbol: string): boolean => this.isListed(symbol)
    this.reconciler = new Reconciler({ ...host, ...log, loops, resolver: this.resolver, beginningOf, isListed })
    this.funding = new FundingWatch({ ...host, ...log, loops, beginningOf, isListed })
    this.feed = new AccountFeed(feedHostOf(this))
    this.prices = new PriceWatch({ venue, clock: this.clock, health, logger, signal, now })
    this.marks = new MarkFeed(markHostOf(this))
    const resume = (resync: number): void => {
      this.feed.resume(resync)
    }
    this.sync = new VenueSync({
      ...host,
      ...this.patience,
      health,
      schedule,
      loops,
      resume,
      reconciler: this.reconciler,
      funding: this.funding,
    })
    this.mode = new ModeWatch({ venue, clock: this.clock, expected: config.positionMode, health, logger })
    this.roster = new SymbolRoster(this)
    this.equity = new EquityWatch({
      venue,
      notes,
      tolerance: config.limits.equityTolerance,
      loops,
      quoteAsset: () => this.quoteAsset(),
      logger,
      onAlarm: (check) => {
        listener.onEquityDiffers(check)
      },
    })
  }

  /** The venue's time, epoch ms. */
  now(): number {
    return this.time.now()
  }

  /** The venue's time is not before this, epoch ms: what has no past yet begins here. */
  earliest(): number {
    return this.time.earliest()
  }

  /** Whether our clock was set, or stood still, and the venue has not said its time since: no entries, and no tick of the clock counts. */
  get isTimeDoubtful(): boolean {
    return this.time.isDoubtful
  }

  list(): readonly BookLoop[] {
    return [...this.loops.values()]
  }

  instrumentOf(symbol: string): Instrument {
    return this.instruments.get(symbol) ?? unknownInstrument(symbol)
  }

  /** Whether the venue lists a symbol, as it said when it was last asked. */
  isListed(symbol: string): boolean {
    return this.listed.has(symbol)
  }

  /**
   * Asks the venue what it lists, and by which filters. What it lists no more is not traded and keeps its filters; what it lists with
   * filters that cannot be read keeps them too: the venue would refuse stops that do not fit them.
   */
  async readInstruments(): Promise<void> {
    const listed = await this.options.venue.fetchInstruments()
    this.listed = new Set(listed.map(({ symbol }) => symbol))
    for (const [symbol, known] of this.instruments)
      if (!this.listed.has(symbol)) this.instruments.set(symbol, { ...known, isTrading: false })
    for (const instrument of listed) {
      const { symbol, isTrading } = instrument
      const known = hasFilters(instrument) ? undefined : this.instruments.get(symbol)
      this.instruments.set(symbol, known === undefined ? instrument : { ...known, isTrading })
    }
    this.unreadable = new Set(listed.filter(areFiltersUnreadable).map(({ symbol }) => symbol))
    for (const symbol of this.loops.keys()) this.noteFilters(symbol)
  }

  /**
   * Asks again: the venue has changed its filters, or it would not have refused an order. Settles when they are known, or after
   * {@link FILTERS_WAIT_MS}.
   */
  async doubtInstruments(): Promise<void> {
    this.refreshing ??= this.refreshInstruments().finally(() => {
      this.refreshing = null
    })
    await Promise.race([this.refreshing, pause(this.clock, FILTERS_WAIT_MS, this.life.signal)])
  }

  /** Asks again; where the venue does not answer, what is known stays. */
  async refreshInstruments(): Promise<void> {
    try {
      await this.readInstruments()
    } catch (error) {
      this.logger.warn({ why: whyOf(error) }, 'the filters of the venue could not be read again')
    }
  }

  /** Asks the venue for its time. */
  async readClock(): Promise<void> {
    await this.time.read()
  }

  /** Asks again; where the venue does not answer, what is known stays. */
  protected refreshClock(): void {
    void this.readClock().catch(() => undefined)
  }

  /** Asks again soon. */
  doubtClock(): void {
    this.life.schedule.soon('clock doubted', DOUBT_MS, () => {
      this.refreshClock()
    })
  }

  /** Listens to the prices of all symbols there are now. */
  async reopenMarks(): Promise<void> {
    await this.marks.open([...this.loops.keys()])
  }

  /** Of an order that was intended, and of a cancel, nobody knows whether they were sent before the last process ended. */
  addLoop({ setup, recovered, beginning }: PreparedBook): void {
    const loop = new BookLoop(recovered, setup, loopHostOf(this))
    this.loops.set(loop.symbol, loop)
    this.noteFilters(loop.symbol)
    this.beginnings.set(loop.symbol, beginning)
    if (recovered.failure !== null) return loop.halt(recovered.failure)
    for (const { clientOrderId, state } of loop.book.orders.values()) {
      const message = 'the process ended before the outcome was known'
      if (state === 'intended')
        loop.post(ownNews({ loop, clientOrderId, status: 'unknown', time: this.now() }, { message }))
      if (state === 'cancelling') this.resolver.watch(loop, clientOrderId, 'cancelled')
    }
  }

  private noteFilters(symbol: string): void {
    const trouble = filtersUnreadable(symbol)
    if (this.unreadable.has(symbol)) this.life.health.report(trouble)
    else this.life.health.clear(trouble.code, symbol)
  }

  private quoteAsset(): string | null {
    const [first] = this.list()
    return first === undefined ? null : this.instrumentOf(first.symbol).quoteAsset
  }
}

function markHostOf(account: Account): MarkHost {
  const { logger, metrics, prices, loops, life, options } = account
  return {
    venue: options.venue,
    health: life.health,
    logger,
    metrics,
    prices,
    now: () => account.now(),
    loopOf: (symbol) => loops.get(symbol),
    doubtClock: () => {
      account.doubtClock()
    },
  }
}
