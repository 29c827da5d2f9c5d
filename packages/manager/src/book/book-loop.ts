import {
  type BookEvent,
  type DecisionContext,
  type Input,
  type MarkInput,
  streamOf,
  type TrancheBook,
} from '@tranchebook/core'
import { ConflictError } from '@tranchebook/store'
import { ManagerError } from '../manager-error.js'
import { whyOf } from '../report/logger.js'
import { appendEvents } from './append-events.js'
import { BookDecider } from './book-decider.js'
import { BookContext } from './book-context.js'
import type { LoopHost } from './loop-host.js'
import { type Decided, type Mail, Mailbox } from './mailbox.js'
import { keepBook, recoverBook, type RecoveredBook, type RecoverSetup } from './recover-book.js'
import { StopWatch } from './stop-watch.js'
import { dayOf, tradesOf } from './trades-of-day.js'

const CAPACITY = 4096
const MOST_AT_ONCE = 512
const MOST_CONFLICTS = 3
const SNAPSHOT_EVERY = 2000
/** Whoever has placed an order that the book does not know may go on counting. */
const SKIPPED_INTENTS = 10_000
/** No book has made so many: such a number is nobody's count. */
const MOST_INTENTS = 1e12

/**
 * The loop of one book: inputs are decided in order, recorded, and only then folded into the durable book and acted on. While an
 * append is in flight further inputs queue and become the next batch.
 */
export class BookLoop {
  readonly symbol: string
  readonly stream: string
  /** Takes over what the venue holds, whatever the drift policy. */
  isAdopting = false
  /** Since when an append is under way, by the local clock, epoch ms; `null` = none is. */
  recordingSince: number | null = null
  /** Trades before it are in the position that the book began with, venue's time, epoch ms. */
  tradesFrom = Number.NEGATIVE_INFINITY
  private leastIntent = 1
  private readonly decider: BookDecider
  private readonly mailbox = new Mailbox(CAPACITY)
  private readonly stops = new StopWatch()
  private readonly host: LoopHost
  private readonly setup: RecoverSetup
  private readonly trades: Map<number, number>
  private readonly idleWaiters: (() => void)[] = []
  private changes: RecoveredBook['changes']
  private snapshotVersion: number
  private isRunning = false
  private conflicts = 0
  private failure: unknown = null

  constructor(recovered: RecoveredBook, setup: RecoverSetup, host: LoopHost) {
    this.symbol = setup.identity.symbol
    this.stream = streamOf(setup.identity)
    this.decider = new BookDecider(recovered, { setup, host, contextOf: (isLate) => this.context(isLate) })
    this.changes = recovered.changes
    this.snapshotVersion = recovered.book.version - recovered.tail
    this.trades = tradesOf(recovered.book)
    this.setup = setup
    this.host = host
  }

  /** As the log has it. Read only. */
  get book(): TrancheBook {
    return this.decider.state.durable.book
  }

  get config(): DecisionContext['config'] {
    return this.decider.state.durable.config
  }

  /** With what is decided and not yet durable: what must not be promised twice. */
  get ahead(): TrancheBook {
    return this.decider.state.working.book
  }

  get market(): DecisionContext['market'] {
    return this.decider.state.market
  }

  get isHalted(): boolean {
    return this.failure !== null
  }

  /** Whether something is queued or in flight. */
  get isBusy(): boolean {
    return this.isRunning
  }

  /** Inputs that have not been decided yet. */
  get waiting(): number {
    return this.mailbox.size
  }

  /** Fills booked on a UTC day (days since 1970). */
  tradesOn(day: number): number {
    return this.trades.get(day) ?? 0
  }

  /** Takes a fact; it is decided in its turn. A mark that decides nothing, while nothing waits, takes no turn. */
  post(input: Input, isLate = false): void {
    if (this.isFromBefore(input)) return
    const isFree = !this.isRunning && this.failure === null && this.mailbox.size === 0
    const isUrgent = input.type === 'mark' && this.stops.isDue(this.book, input.price, input.time)
    if (isUrgent) this.decider.isReviewWanted = true
    if (input.type === 'mark' && isFree && this.passOver(input)) return isUrgent ? this.run() : undefined
    this.enqueue({ input, isLate, answer: null, fail: null })
  }

  /** Takes an input and says what became of it, once that is durable. */
  async ask(input: Input): Promise<Decided> {
    return new Promise((answer, fail) => {
      this.enqueue({ input, isLate: false, answer, fail })
    })
  }

  /** An order at the venue that this book does not know has the number of an intent; its own come well after it. */
  skipIntent(taken: number): void {
    if (taken >= this.ahead.nextIntent && taken < MOST_INTENTS)
      this.leastIntent = Math.max(this.leastIntent, taken + SKIPPED_INTENTS)
  }

  /** Compares what should rest at the venue with what does, with the next batch. */
  requestReview(): void {
    this.decider.isReviewWanted = true
    this.run()
  }

  /** Settles when nothing is queued or in flight. */
  async idle(): Promise<void> {
    if (!this.isRunning) return
    await new Promise<void>((resolve) => {
      this.idleWaiters.push(resolve)
    })
  }

  /** Stops for good; what waits is told why. */
  halt(error: unknown): void {
    if (this.failure !== null) return
    this.failure = error
    for (const mail of this.mailbox.take(CAPACITY)) mail.fail?.(error)
    this.host.onHalt(this.symbol, error)
  }

  /** What a decision of this book may look at now. */
  context(isLate = false): DecisionContext {
    const { symbol, isAdopting, leastIntent } = this
    const { working, market } = this.decider.state
    return new BookContext(this.host, { symbol, config: working.config, market, isLate, isAdopting, leastIntent })
  }

  /** Keeps a snapshot of the durable book. A snapshot is a cache: failing to keep one is only a pity. */
  async saveSnapshot(): Promise<void> {
    const { book, host } = this
    if (book.version === this.snapshotVersion) return
    this.snapshotVersion = book.version
    try {
      await host.store.saveSnapshot(keepBook(book, this.changes))
      host.metrics.snapshotsSaved += 1
    } catch (error) {
      host.logger.warn({ stream: this.stream, why: whyOf(error) }, 'snapshot not kept')
    }
  }

  /** Whether a fill is in the position that the book began with. One of an order of ours is not, whatever the clocks say. */
  private isFromBefore(input: Input): boolean {
    if (input.type !== 'fill' || input.time >= this.tradesFrom) return false
    const { orders, endedOrders } = this.ahead
    const id = input.clientOrderId
    return id === null || !(orders.has(id) || endedOrders.has(id))
  }

  /** Whoever delivers marks must not hear of a law that is broken here. */
  private passOver(input: MarkInput): boolean {
    try {
      return this.decider.passOver(input)
    } catch (error) {
      this.halt(error)
      return true
    }
  }

  private enqueue(mail: Mail): void {
    if (this.failure !== null) return mail.fail?.(this.failure)
    this.host.metrics.inputs += 1
    if (this.mailbox.post(mail) === 'full') this.turnAway(mail)
    this.run()
  }

  private turnAway({ fail }: Mail): void {
    const waiting = this.mailbox.size
    if (fail === null) return this.host.onOverflow(this.symbol)
    fail(new ManagerError('manager.overloaded', `${this.stream} has ${waiting} inputs waiting: try again in a moment`))
  }

  private run(): void {
    if (this.isRunning || this.failure !== null) return
    this.isRunning = true
    void this.takeTurns()
  }

  private async takeTurns(): Promise<void> {
    // What came in the same breath is decided together: an order's acknowledgement does not cost its fill an append of waiting.
    await Promise.resolve()
    try {
      while (this.failure === null && (this.mailbox.size > 0 || this.decider.isReviewWanted))
        await this.takeBatch(this.mailbox.take(MOST_AT_ONCE))
    } catch (error) {
      this.halt(error)
    }
    this.isRunning = false
    for (const resolve of this.idleWaiters.splice(0)) resolve()
  }

  private async takeBatch(waiting: readonly Mail[]): Promise<void> {
    const { state } = this.decider
    const { market } = state
    let batch = waiting
    try {
      const { decisions, events } = this.decider.decideBatch(waiting)
      batch = waiting.slice(0, decisions.length)
      this.mailbox.putBack(waiting.slice(decisions.length))
      if (events.length > 0) await this.record(events)
      for (const { mail, events: own, refusal } of decisions) mail.answer?.({ events: own, refusal })
      this.conflicts = 0
    } catch (error) {
      state.rollBack()
      state.market = market
      this.host.metrics.rollBacks += 1
      if (error instanceof ConflictError && this.conflicts < MOST_CONFLICTS) return this.readAgain(batch)
      for (const mail of batch) mail.fail?.(error)
      throw error
    }
  }

  /** The log has gone on without us: what it says counts, and the inputs are decided again on top of it. */
  private async readAgain(batch: readonly Mail[]): Promise<void> {
    this.conflicts += 1
    const recovered = await recoverBook(this.host.store, this.setup)
    if (recovered.failure !== null) throw recovered.failure
    this.decider.state.restart(recovered)
    this.changes = recovered.changes
    this.mailbox.putBack(batch)
  }

  private async record(events: readonly BookEvent[]): Promise<void> {
    const { host, stream, book } = this
    const { store, clock, signal, metrics } = host
    const started = clock.now()
    const retriesBefore = metrics.appendRetries
    const onRetry = (why: string): void => {
      metrics.appendRetries += 1
      host.onStoreTrouble(this.symbol, why)
    }
    const batch = { stream, version: book.version, epoch: host.epoch(), events }
    this.recordingSince = started
    try {
      await appendEvents(batch, { store, clock, signal, onRetry })
    } finally {
      this.recordingSince = null
    }
    if (metrics.appendRetries > retriesBefore) host.onStoreTrouble(this.symbol, null)
    metrics.appendMsLast = clock.now() - started
    metrics.appendMsMax = Math.max(metrics.appendMsMax, metrics.appendMsLast)
    this.commit(events)
  }

  private commit(events: readonly BookEvent[]): void {
    this.decider.state.commit(events)
    this.host.metrics.batches += 1
    this.host.metrics.events += events.length
    for (const event of events) {
      if (event.type === 'ConfigurationChanged') this.changes = [...this.changes, event.options]
      if (event.type === 'FillBooked') this.trades.set(dayOf(event.time), this.tradesOn(dayOf(event.time)) + 1)
    }
    this.host.onDurable(this.symbol, events)
    if (this.book.version - this.snapshotVersion >= SNAPSHOT_EVERY) void this.saveSnapshot()
  }
}
