import { isConditional, type VenueStream, type Clock, systemClock } from '@tranchebook/adapters'
import { type BookEvent, type Instrument, type TrancheBook, unknownInstrument } from '@tranchebook/core'
import { FencedError, type Lease } from '@tranchebook/store'
import { OrderSender } from '../act/order-sender.js'
import { orderInput } from '../act/outcome-inputs.js'
import { OutcomeResolver } from '../act/outcome-resolver.js'
import { BookLoop } from '../book/book-loop.js'
import type { LoopHost } from '../book/loop-host.js'
import { pause } from '../clock/pause.js'
import { ManagerError } from '../manager-error.js'
import type { ManagerOptions, StopOptions } from '../manager-options.js'
import { Reconciler } from '../reconcile/reconciler.js'
import { type Health, HealthBoard, type Trouble } from '../report/health.js'
import { type Logger, silentLogger, whyOf } from '../report/logger.js'
import { bookHalted, leaseLost, STOPPED, storeStuck, venueGap } from '../report/troubles.js'
import { emptyMetrics, type ManagerMetrics } from '../report/metrics.js'
import { AccountFeed } from './account-feed.js'
import { summaryWithout } from './account-summary.js'
import { keepLease, takeLease } from './hold-lease.js'
import { prepareAccount, type PreparedBook } from './prepare-account.js'
import { Schedule } from './schedule.js'
import { VenueSync } from './venue-sync.js'

/** Who is told what happened. */
export interface EngineListener {
  onEvents(loop: BookLoop, events: readonly BookEvent[]): void
  onHealth(health: Health): void
}

const LEASE_MS = 15_000
const ACCEPT_WINDOW_MS = 5000
const TICK_MS = 1000
const POSITION_WAIT_MS = 500
const DRAIN_MS = 10_000

function conditionalOrders(book: TrancheBook): number {
  return [...book.orders.values()].filter((order) => isConditional(order.type) && order.ending === null).length
}

/** One account in motion: its lease, its books, its connection to the venue. */
export class AccountEngine {
  readonly loops = new Map<string, BookLoop>()
  readonly metrics: ManagerMetrics = emptyMetrics()
  readonly health: HealthBoard
  readonly sync: VenueSync
  readonly resolver: OutcomeResolver
  readonly clock: Clock
  private readonly options: ManagerOptions
  private readonly listener: EngineListener
  private readonly logger: Logger
  private readonly schedule: Schedule
  private readonly sender: OrderSender
  private readonly reconciler: Reconciler
  private readonly feed: AccountFeed
  /** Aborted = nothing is sent, recorded or asked any more. */
  private readonly dead = new AbortController()
  private readonly beginnings = new Map<string, number>()
  private instruments: ReadonlyMap<string, Instrument> = new Map()
  private offsetMs = 0
  private lease: Lease | null = null
  private stopRenewing: () => void = () => undefined
  private marks: VenueStream | null = null
  private isStopping = false

  constructor(options: ManagerOptions, listener: EngineListener) {
    this.options = options
    this.listener = listener
    this.clock = options.clock ?? systemClock
    this.logger = options.logger ?? silentLogger
    this.schedule = new Schedule(this.clock)
    this.health = new HealthBoard(
      () => this.clock.now(),
      (health) => {
        listener.onHealth(health)
      },
    )
    const shared = this.shared()
    this.resolver = new OutcomeResolver(shared)
    this.sender = new OrderSender(shared, this.resolver)
    this.reconciler = new Reconciler({
      ...shared,
      resolver: this.resolver,
      loops: () => this.list(),
      beginningOf: (symbol) => this.beginnings.get(symbol) ?? this.now(),
      maySend: () => options.mode !== 'observe',
    })
    this.feed = new AccountFeed({ ...shared, ...this.feedHost() })
    this.sync = new VenueSync({
      ...shared,
      health: this.health,
      schedule: this.schedule,
      reconciler: this.reconciler,
      loops: () => this.list(),
      resume: (resync) => {
        this.feed.resume(resync)
      },
    })
    options.signal?.addEventListener('abort', () => {
      this.die(STOPPED)
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

  get epoch(): number | null {
    return this.lease?.epoch ?? null
  }

  /** Settles when the account is live. @throws {ManagerError} see {@link prepareAccount} and {@link takeLease} */
  async start(): Promise<void> {
    this.assertAlive()
    await this.holdLease()
    try {
      await this.prepare()
      await this.connect()
      await this.untilAlive(this.sync.synced)
    } catch (error) {
      await this.abandon()
      throw error
    }
    this.health.start()
    this.schedule.every('tick', TICK_MS, () => {
      this.tick()
    })
    const { reconcileIntervalMs } = this.options.config.defaults
    this.schedule.every('reconcile', reconcileIntervalMs, () => {
      this.sync.request('interval', 0)
    })
    for (const loop of this.list()) loop.requestReview()
  }

  /** Ends in order: nothing new comes in, what is decided is recorded, what is being sent is answered. */
  async stop({ signal }: StopOptions = {}): Promise<void> {
    if (this.isStopping || this.dead.signal.aborted) return
    this.isStopping = true
    this.schedule.stop()
    await Promise.all([this.feed.close(), this.marks?.close()])
    await this.drain(signal)
    for (const loop of this.list()) await loop.saveSnapshot()
    await this.abandon()
  }

  private async drain(signal?: AbortSignal): Promise<void> {
    const enough = new AbortController()
    const ended = signal === undefined ? enough.signal : AbortSignal.any([signal, enough.signal])
    const drained = async (): Promise<void> => {
      await Promise.all(this.list().map(async (loop) => loop.idle()))
      await this.sender.drained()
      await Promise.all(this.list().map(async (loop) => loop.idle()))
    }
    await Promise.race([drained(), pause(this.clock, DRAIN_MS, ended)])
    enough.abort()
  }

  private async abandon(): Promise<void> {
    const { lease } = this
    this.die(STOPPED)
    if (lease !== null) await this.options.store.releaseLease(lease).catch(() => undefined)
  }

  private die(trouble: Trouble): void {
    if (this.dead.signal.aborted) return
    this.health.report(trouble)
    const error = new ManagerError('manager.stopped', `${trouble.message}: open a new manager to go on`)
    this.dead.abort(error)
    this.stopRenewing()
    this.schedule.stop()
    for (const loop of this.list()) loop.halt(error)
    void Promise.allSettled([this.feed.close(), this.marks?.close()])
  }

  private assertAlive(): void {
    if (this.options.signal?.aborted !== true && !this.dead.signal.aborted) return
    throw new ManagerError('manager.stopped', 'the manager was stopped before it was live: open a new one')
  }

  private async untilAlive(wait: Promise<void>): Promise<void> {
    const { signal } = this.dead
    const ended = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve()
      })
    })
    await Promise.race([wait, ended])
    this.assertAlive()
  }

  private async holdLease(): Promise<void> {
    const { account, store, holder = crypto.randomUUID(), leaseMs = LEASE_MS, standby = false } = this.options
    const around = { store, clock: this.clock, signal: this.dead.signal }
    this.lease = await takeLease({ scope: account, holder, ttlMs: leaseMs }, standby, around)
    const onLost = (error: unknown): void => {
      this.die(leaseLost(error))
    }
    this.stopRenewing = keepLease(this.lease, { ttlMs: leaseMs, onLost }, around)
  }

  private async prepare(): Promise<void> {
    const { offsetMs } = await this.options.venue.syncClock()
    this.offsetMs = offsetMs
    const { instruments, books } = await prepareAccount(this.options, this.now())
    this.instruments = instruments
    for (const book of books) this.addLoop(book)
  }

  /** Of an order that was intended, and of a cancel, nobody knows whether they were sent before the last process ended. */
  private addLoop({ setup, recovered, beginning }: PreparedBook): void {
    const loop = new BookLoop(recovered, setup, this.loopHost())
    this.loops.set(loop.symbol, loop)
    this.beginnings.set(loop.symbol, beginning)
    for (const { clientOrderId, state } of loop.book.orders.values()) {
      const message = 'the process ended before the outcome was known'
      if (state === 'intended')
        loop.post(orderInput({ loop, clientOrderId, status: 'unknown', time: this.now() }, { message }))
      if (state === 'cancelling') this.resolver.watch(loop, clientOrderId, 'cancelled')
    }
  }

  private async connect(): Promise<void> {
    await Promise.all(this.list().map(async (loop) => loop.idle()))
    const symbols = [...this.loops.keys()]
    this.marks = this.options.venue.streamMarks(symbols, (event) => {
      if (event.type === 'mark') this.loops.get(event.symbol)?.post(event)
    })
    await this.feed.open()
  }

  private tick(): void {
    const time = this.now()
    this.feed.passPositions(time - POSITION_WAIT_MS)
    for (const loop of this.list()) {
      const { account, symbol, groups, orders } = loop.book
      const isQuiet = groups.LONG.tranches.length + groups.SHORT.tranches.length + orders.size === 0
      const isWaiting = groups.LONG.unmatched.length + groups.SHORT.unmatched.length > 0
      if (isQuiet && !isWaiting) continue
      loop.post({ type: 'tick', id: `tick:${time}`, time, account, symbol })
      loop.requestReview()
      const isEnding = [...orders.values()].some((order) => order.ending !== null)
      if (isEnding) this.sync.request('fills are missing')
    }
  }

  private shared(): ConstructorParameters<typeof OutcomeResolver>[0] {
    const { venue, acceptWindowMs = ACCEPT_WINDOW_MS } = this.options
    return {
      venue,
      clock: this.clock,
      logger: this.logger,
      metrics: this.metrics,
      signal: this.dead.signal,
      acceptWindowMs,
      now: () => this.now(),
      bookTrades: async (loop) => this.reconciler.bookTrades(loop),
      requestReconcile: (cause) => {
        this.sync.request(cause)
      },
    }
  }

  private feedHost(): Pick<
    ConstructorParameters<typeof AccountFeed>[0],
    'loopOf' | 'onResyncNeeded' | 'onGap' | 'onFunding' | 'onQuarantine'
  > {
    return {
      loopOf: (symbol) => this.loops.get(symbol),
      onResyncNeeded: (resync) => {
        this.sync.resync(resync)
      },
      onGap: (reason) => {
        this.health.report(venueGap(reason))
      },
      onFunding: (symbol) => {
        for (const loop of this.list())
          if (symbol === null || symbol === loop.symbol) void this.reconciler.bookFunding(loop).catch(() => undefined)
      },
      onQuarantine: () => {
        this.sync.request('quarantine')
      },
    }
  }

  private loopHost(): LoopHost {
    const { options } = this
    return {
      store: options.store,
      clock: this.clock,
      logger: this.logger,
      metrics: this.metrics,
      limits: options.config.limits,
      sending: options.mode ?? 'trade',
      closingRules: options.closingRules ?? new Map(),
      signal: this.dead.signal,
      now: () => this.now(),
      epoch: () => this.lease?.epoch ?? 0,
      instrumentOf: (symbol) => this.instrumentOf(symbol),
      readinessOf: (symbol) => this.health.readinessOf(symbol),
      summaryWithout: (symbol) => summaryWithout(this.loops.values(), symbol, this.now()),
      conditionalRoom: () => this.conditionalRoom(),
      mayReview: () => this.sync.isInStep && !this.dead.signal.aborted,
      onDurable: (symbol, events) => {
        const loop = this.loops.get(symbol)
        if (loop === undefined) return
        if (options.mode !== 'observe') this.sender.send(loop, events)
        this.listener.onEvents(loop, events)
      },
      onOverflow: (symbol) => {
        this.metrics.overflows += 1
        this.logger.error({ symbol }, 'too many inputs wait: some were given up and will be asked for')
        this.sync.request('overflow')
      },
      onStoreTrouble: (symbol, why) => {
        if (why === null) this.health.clear('storeStuck', symbol)
        else this.health.report(storeStuck(symbol, why))
      },
      onHalt: (symbol, error) => {
        this.onHalt(symbol, error)
      },
    }
  }

  private onHalt(symbol: string, error: unknown): void {
    if (this.dead.signal.aborted) return
    if (error instanceof FencedError) return this.die(leaseLost(error))
    this.logger.error({ symbol, why: whyOf(error) }, 'the book has stopped')
    this.health.report(bookHalted(symbol, error))
  }

  /** Conditional orders the account may still add, as far as our books know. */
  private conditionalRoom(): number | null {
    const { maxConditionalOrders } = this.options.venue.capabilities
    if (maxConditionalOrders === null) return null
    return this.list().reduce((room, loop) => room - conditionalOrders(loop.ahead), maxConditionalOrders)
  }
}
