import type { EngineOptions, StopOptions } from '../manager-options.js'
import { STOPPING } from '../report/troubles.js'
import { Account } from './account.js'
import type { AccountListener } from './account-listener.js'
import { drainAccount } from './drain-account.js'
import { prepareAccount } from './prepare-account.js'
import { tickBook } from './tick-book.js'
import { watchPrice } from './watch-price.js'

const TICK_MS = 1000
const CLOCK_MS = 600_000
const ACCOUNT_MS = 60_000
const POSITION_WAIT_MS = 500

/** An account in motion: how it starts, what it does from time to time, and how it ends. */
export class AccountEngine extends Account {
  private isStopping = false

  constructor(options: EngineOptions, listener: AccountListener) {
    super(options, listener)
    this.life.signal.addEventListener('abort', () => {
      void this.shutDown()
    })
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

  private async prepare(): Promise<void> {
    const { instruments, books } = await prepareAccount(this.options, this.now())
    this.keepInstruments(instruments)
    for (const book of books) this.addLoop(book)
    await Promise.all(this.list().map(async (loop) => loop.idle()))
  }

  private async connect(): Promise<void> {
    await this.reopenMarks()
    await this.feed.open()
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
}
