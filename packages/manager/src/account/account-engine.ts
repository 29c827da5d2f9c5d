import type { EngineOptions, StopOptions } from '../manager-options.js'
import { whyOf } from '../report/logger.js'
import { STOPPING } from '../report/troubles.js'
import { Account } from './account.js'
import type { AccountListener } from './account-listener.js'
import type { BookLoop } from '../book/book-loop.js'
import { hasTranches } from '../book/book-standing.js'
import { type BookRead, bookRead, booksRecovered, type Recovery } from '../read/recovery.js'
import { drainAccount } from './drain-account.js'
import { askPatiently, waitPatiently } from './patience.js'
import { prepareBooks } from './prepare-account.js'
import { tickBook } from './tick-book.js'
import { watchCancels } from './watch-cancels.js'
import { watchLog } from './watch-log.js'

const TICK_MS = 1000
const CLOCK_MS = 600_000
const ACCOUNT_MS = 60_000
const FILTERS_MS = 600_000
const FUNDING_TURN_MS = 30_000
const PAST_FUNDING_MS = 600_000
const POSITION_WAIT_MS = 500

/** An account in motion: how it starts, what it does from time to time, and how it ends. */
export class AccountEngine extends Account {
  private isStopping = false
  private read: readonly BookRead[] = []
  private recovered: Recovery | null = null

  constructor(options: EngineOptions, listener: AccountListener) {
    super(options, listener)
    this.life.signal.addEventListener('abort', () => {
      void this.shutDown()
    })
  }

  /**
   * Settles when the account is live and its prices have come.
   *
   * @throws {ManagerError} see {@link prepareBooks}, {@link AccountLife.begin} and {@link askPatiently}; what `whenOwned` rejects with
   */
  async start(): Promise<void> {
    this.life.assertNew()
    await this.life.begin()
    const began = this.clock.now()
    try {
      await this.options.whenOwned?.()
      await this.comeAlive()
    } catch (error) {
      await this.life.leave()
      // What was opened after the end came is closed here.
      await this.shutDown()
      throw error
    }
    this.noteRecovery(began)
    this.goLive()
    await this.life.until(this.prices.first(this.list().filter((loop) => this.needsPrice(loop))))
  }

  /** How it came back at its start; `null` = it is not live yet. */
  get recovery(): Recovery | null {
    return this.recovered
  }

  /** Ends in order: no entry begins, what was begun is protected, what is decided is recorded, what is being sent is answered. */
  async stop({ signal }: StopOptions = {}): Promise<void> {
    if (this.isStopping || this.life.isOver) return
    this.isStopping = true
    this.life.health.report(STOPPING)
    const { clock, sender, options } = this
    const loops = (): readonly BookLoop[] => this.list()
    const disconnect = async (): Promise<void> => {
      this.life.schedule.stop()
      await this.disconnect()
    }
    await drainAccount({ clock, sender, loops, disconnect, isSending: options.mode !== 'observe' }, signal)
    for (const loop of this.list()) await loop.saveSnapshot()
    await this.life.leave()
  }

  private async comeAlive(): Promise<void> {
    const { patience } = this
    await askPatiently(async () => this.readClock(), patience)
    await askPatiently(async () => this.mode.check(), patience)
    await this.prepare()
    await this.reopenMarks()
    await waitPatiently(this.feed.open(), 'the account stream', patience)
    await this.life.until(this.sync.synced)
  }

  private async prepare(): Promise<void> {
    await askPatiently(async () => this.readInstruments(), this.patience)
    const books = await prepareBooks(this.options, this.earliest())
    this.read = books.map(bookRead)
    for (const book of books) this.addLoop(book)
    await Promise.all(this.list().map(async (loop) => loop.idle()))
  }

  private noteRecovery(began: number): void {
    const books = booksRecovered(this.read, this.loops)
    const tookMs = this.clock.now() - began
    this.recovered = { time: this.now(), tookMs, books, comparison: this.sync.last }
    this.logger.info({ books: books.length, tookMs }, 'the account has come back')
  }

  /** A symbol of an old log in which nothing is open may be gone from the venue. */
  private needsPrice({ symbol, book, isHalted }: BookLoop): boolean {
    return !isHalted && (Object.hasOwn(this.options.config.symbols, symbol) || hasTranches(book))
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
      this.refreshClock()
    })
    schedule.every('filters', FILTERS_MS, () => {
      void this.refreshInstruments()
    })
    // One book a turn: however many there are, they leave the venue's request budget to orders and comparisons.
    schedule.every('funding', FUNDING_TURN_MS, () => {
      void this.sync.bookSilentFunding()
    })
    schedule.every('past funding', PAST_FUNDING_MS, () => {
      void this.lookBackAtFunding()
    })
    for (const loop of this.list()) loop.requestReview()
  }

  private async lookBackAtFunding(): Promise<void> {
    try {
      await this.funding.lookBack()
    } catch (error) {
      this.logger.warn({ why: whyOf(error) }, 'funding of the past could not be asked for again')
    }
  }

  private tick(): void {
    const time = this.now()
    this.feed.passPositions(time - POSITION_WAIT_MS)
    for (const loop of this.list()) {
      watchLog(loop, this.clock.now(), this.life.health)
      if (loop.isHalted) continue
      this.prices.look(loop)
      watchCancels(loop, time, this.life.health)
    }
    this.prices.askWhereSilent(this.list().filter((loop) => !loop.isHalted))
    if (this.isTimeDoubtful) return this.refreshClock()
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
}
