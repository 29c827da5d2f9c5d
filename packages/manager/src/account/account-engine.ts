import { type Clock, systemClock } from '@tranchebook/adapters'
import { type BookEvent, type Input, type Instrument, type Refusal, unknownInstrument } from '@tranchebook/core'
import { FencedError } from '@tranchebook/store'
import type { ActHost } from '../act/act-host.js'
import { OrderSender } from '../act/order-sender.js'
import { ownNews } from '../act/outcome-inputs.js'
import { OutcomeResolver } from '../act/outcome-resolver.js'
import { BookLoop } from '../book/book-loop.js'
import type { LoopHost } from '../book/loop-host.js'
import type { EngineOptions, StopOptions } from '../manager-options.js'
import { AccountNotes } from '../read/account-notes.js'
import { type EquityCheck, EquityWatch } from '../read/equity-watch.js'
import { Reconciler } from '../reconcile/reconciler.js'
import type { Health } from '../report/health.js'
import { factsOf } from '../report/event-facts.js'
import { type Logger, silentLogger, whyOf } from '../report/logger.js'
import { emptyMetrics, type ManagerMetrics } from '../report/metrics.js'
import { bookHalted, leaseLost, STOPPING, storeStuck, venueGap } from '../report/troubles.js'
import { AccountFeed, type FeedHost } from './account-feed.js'
import { AccountLife } from './account-life.js'
import { summaryWithout } from './account-summary.js'
import { conditionalRoom } from './conditional-room.js'
import { drainAccount } from './drain-account.js'
import { MarkFeed } from './mark-feed.js'
import { ModeWatch } from './mode-watch.js'
import { prepareAccount, type PreparedBook } from './prepare-account.js'
import { type RosterHost, SymbolRoster } from './symbol-roster.js'
import { tickBook } from './tick-book.js'
import { watchPrice } from './watch-price.js'
import { VenueSync } from './venue-sync.js'

/** Who is told what happened. */
export interface EngineListener {
  onEvents(loop: BookLoop, events: readonly BookEvent[]): void
  onRefused(input: Input, refusal: Refusal): void
  onHealth(health: Health): void
  onEquityDiffers(check: EquityCheck): void
}

const ACCEPT_WINDOW_MS = 5000
const TICK_MS = 1000
const CLOCK_MS = 600_000
const ACCOUNT_MS = 60_000
const POSITION_WAIT_MS = 500

/** One account in motion: its books, and its connection to the venue. */
export class AccountEngine {
  readonly loops = new Map<string, BookLoop>()
  readonly metrics: ManagerMetrics = emptyMetrics()
  readonly life: AccountLife
  readonly sync: VenueSync
  readonly roster: SymbolRoster
  readonly mode: ModeWatch
  readonly notes = new AccountNotes()
  readonly equity: EquityWatch
  private readonly clock: Clock
  private readonly logger: Logger
  private readonly options: EngineOptions
  private readonly listener: EngineListener
  private readonly resolver: OutcomeResolver
  private readonly sender: OrderSender
  private readonly reconciler: Reconciler
  private readonly feed: AccountFeed
  private readonly marks: MarkFeed
  private readonly beginnings = new Map<string, number>()
  private instruments: ReadonlyMap<string, Instrument> = new Map()
  private offsetMs = 0
  private isStopping = false

  constructor(options: EngineOptions, listener: EngineListener) {
    this.options = options
    this.listener = listener
    this.clock = options.clock ?? systemClock
    this.logger = options.logger ?? silentLogger
    this.life = new AccountLife(options, this.clock, (health) => {
      listener.onHealth(health)
    })
    const host = this.actHost()
    const loops = (): readonly BookLoop[] => this.list()
    this.resolver = new OutcomeResolver(host)
    this.sender = new OrderSender(host, this.resolver)
    this.reconciler = new Reconciler({
      ...host,
      loops,
      resolver: this.resolver,
      beginningOf: (symbol) => this.beginnings.get(symbol) ?? this.now(),
    })
    this.feed = new AccountFeed(this.feedHost())
    const { health, schedule } = this.life
    const loopOf = (symbol: string): BookLoop | undefined => this.loops.get(symbol)
    this.marks = new MarkFeed({ venue: options.venue, health, logger: this.logger, loopOf })
    const resume = (resync: number): void => {
      this.feed.resume(resync)
    }
    this.sync = new VenueSync({ ...host, health, schedule, loops, resume, reconciler: this.reconciler })
    this.mode = new ModeWatch({
      venue: options.venue,
      expected: options.config.positionMode,
      health,
      logger: this.logger,
    })
    this.roster = new SymbolRoster(this.rosterHost())
    this.equity = new EquityWatch({
      venue: options.venue,
      notes: this.notes,
      tolerance: options.config.limits.equityTolerance,
      loops,
      quoteAsset: () => {
        const [first] = this.list()
        return first === undefined ? null : this.instrumentOf(first.symbol).quoteAsset
      },
      logger: this.logger,
      onAlarm: (check) => {
        listener.onEquityDiffers(check)
      },
    })
    this.life.signal.addEventListener('abort', () => {
      void this.shutDown()
    })
  }

  /** The venue's time, epoch ms. */
  now(): number {
    return this.clock.now() + this.offsetMs
  }

  list(): readonly BookLoop[] {
    return [...this.loops.values()]
  }

  instrumentOf(symbol: string): Instrument {
    return this.instruments.get(symbol) ?? unknownInstrument(symbol)
  }

  /** Settles when the account is live. @throws {ManagerError} see {@link prepareAccount} and {@link AccountLife.begin} */
  async start(): Promise<void> {
    this.life.assertNew()
    await this.life.begin()
    try {
      await this.readClock()
      await this.mode.check()
      await this.prepare()
      await this.connect()
      await this.life.until(this.sync.synced)
    } catch (error) {
      await this.life.leave()
      // What was opened after the end came is closed here.
      await this.shutDown()
      throw error
    }
    this.goLive()
  }

  /** Ends in order: nothing new comes in, what is decided is recorded, what is being sent is answered. */
  async stop({ signal }: StopOptions = {}): Promise<void> {
    if (this.isStopping || this.life.isOver) return
    this.isStopping = true
    this.life.health.report(STOPPING)
    this.life.schedule.stop()
    await this.disconnect()
    await drainAccount({ clock: this.clock, sender: this.sender, loops: () => this.list() }, signal)
    for (const loop of this.list()) await loop.saveSnapshot()
    await this.life.leave()
  }

  private goLive(): void {
    const { health, schedule } = this.life
    health.start()
    schedule.every('tick', TICK_MS, () => {
      this.tick()
    })
    schedule.every('reconcile', this.options.config.defaults.reconcileIntervalMs, () => {
      this.sync.request('interval', 0)
    })
    schedule.every('account', ACCOUNT_MS, () => {
      this.equity.look()
      this.mode.doubt()
    })
    this.equity.look()
    schedule.every('clock', CLOCK_MS, () => {
      void this.readClock().catch(() => undefined)
    })
    for (const loop of this.list()) loop.requestReview()
  }

  private tick(): void {
    const time = this.now()
    this.feed.passPositions(time - POSITION_WAIT_MS)
    for (const loop of this.list()) watchPrice(loop, time, this.life.health)
    const areMissing = this.list().filter((loop) => tickBook(loop, time))
    if (areMissing.length > 0) this.sync.request('fills are missing')
  }

  private async shutDown(): Promise<void> {
    for (const loop of this.list()) loop.halt(this.life.signal.reason)
    await this.disconnect()
  }

  private async disconnect(): Promise<void> {
    await Promise.allSettled([this.feed.close(), this.marks.close()])
  }

  private async readClock(): Promise<void> {
    const { offsetMs } = await this.options.venue.syncClock()
    this.offsetMs = offsetMs
  }

  private async prepare(): Promise<void> {
    const { instruments, books } = await prepareAccount(this.options, this.now())
    this.instruments = instruments
    for (const book of books) this.addLoop(book)
    await Promise.all(this.list().map(async (loop) => loop.idle()))
  }

  /** Of an order that was intended, and of a cancel, nobody knows whether they were sent before the last process ended. */
  private addLoop({ setup, recovered, beginning }: PreparedBook): void {
    const loop = new BookLoop(recovered, setup, this.loopHost())
    this.loops.set(loop.symbol, loop)
    this.beginnings.set(loop.symbol, beginning)
    for (const { clientOrderId, state } of loop.book.orders.values()) {
      const message = 'the process ended before the outcome was known'
      if (state === 'intended')
        loop.post(ownNews({ loop, clientOrderId, status: 'unknown', time: this.now() }, { message }))
      if (state === 'cancelling') this.resolver.watch(loop, clientOrderId, 'cancelled')
    }
  }

  private async connect(): Promise<void> {
    await this.marks.open([...this.loops.keys()])
    await this.feed.open()
  }

  private rosterHost(): RosterHost {
    const { options, loops, life, sync } = this
    return {
      options,
      loops,
      health: life.health,
      sync,
      now: () => this.now(),
      readInstruments: async () => {
        const listed = await options.venue.fetchInstruments()
        this.instruments = new Map(listed.map((instrument) => [instrument.symbol, instrument]))
      },
      isListed: (symbol) => this.instruments.has(symbol),
      addLoop: (book) => {
        this.addLoop(book)
      },
      reopenMarks: async () => this.marks.open([...loops.keys()]),
    }
  }

  private actHost(): ActHost {
    const { venue, acceptWindowMs = ACCEPT_WINDOW_MS } = this.options
    const { clock, logger, metrics } = this
    const { signal } = this.life
    return {
      venue,
      clock,
      logger,
      metrics,
      signal,
      acceptWindowMs,
      now: () => this.now(),
      maySend: () => this.options.mode !== 'observe' && this.life.ownsAccount(),
      isSending: (clientOrderId) => this.sender.isSending(clientOrderId),
      bookTrades: async (loop) => this.reconciler.bookTrades(loop),
      requestReconcile: (cause) => {
        if (cause === 'position-mode') this.mode.doubt()
        this.sync.request(cause)
      },
    }
  }

  private feedHost(): FeedHost {
    const { clock, logger, notes } = this
    return {
      venue: this.options.venue,
      clock,
      logger,
      notes,
      loopOf: (symbol) => this.loops.get(symbol),
      onResyncNeeded: (resync) => {
        this.sync.resync(resync)
      },
      onGap: (reason) => {
        this.equity.forget()
        this.life.health.report(venueGap(reason))
      },
      onModeChanged: () => {
        this.mode.doubt()
      },
      onFunding: (symbol) => {
        for (const loop of this.list()) if (symbol === null || symbol === loop.symbol) void this.sync.bookFunding(loop)
      },
      onQuarantine: () => {
        this.sync.request('quarantine')
      },
    }
  }

  private loopHost(): LoopHost {
    const { options, clock, logger, metrics, life } = this
    const { mode = 'trade', venue, store, config, closingRules = new Map() } = options
    return {
      store,
      clock,
      logger,
      metrics,
      closingRules,
      sending: mode,
      limits: config.limits,
      signal: life.signal,
      now: () => this.now(),
      epoch: () => life.epoch ?? 0,
      instrumentOf: (symbol) => this.instrumentOf(symbol),
      readinessOf: (symbol) => life.health.readinessOf(symbol),
      summaryWithout: (symbol) => summaryWithout(this.loops.values(), symbol, this.now()),
      conditionalRoom: () => conditionalRoom(venue.capabilities, this.list()),
      mayReview: (symbol) => this.sync.isInStep && !life.isOver && !this.roster.isJoining(symbol),
      onDurable: (symbol, events) => {
        this.onDurable(symbol, events)
      },
      onRefused: (input, refusal) => {
        this.listener.onRefused(input, refusal)
      },
      onOverflow: (symbol) => {
        metrics.overflows += 1
        logger.error({ symbol }, 'too many inputs wait: some were given up and will be asked for')
        this.sync.request('overflow')
      },
      onStoreTrouble: (symbol, why) => {
        if (why === null) life.health.clear('storeStuck', symbol)
        else life.health.report(storeStuck(symbol, why))
      },
      onHalt: (symbol, error) => {
        this.onHalt(symbol, error)
      },
    }
  }

  private onDurable(symbol: string, events: readonly BookEvent[]): void {
    const loop = this.loops.get(symbol)
    if (loop === undefined) return
    for (const event of events) this.logger.debug(factsOf(loop, event), event.type)
    if (this.options.mode !== 'observe') this.sender.send(loop, events)
    this.listener.onEvents(loop, events)
  }

  private onHalt(symbol: string, error: unknown): void {
    if (this.life.isOver) return
    if (error instanceof FencedError) return this.life.end(leaseLost(error))
    this.logger.error({ symbol, why: whyOf(error) }, 'the book has stopped')
    this.life.health.report(bookHalted(symbol, error))
  }
}
