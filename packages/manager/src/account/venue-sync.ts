import type { BookLoop } from '../book/book-loop.js'
import { backOffMs, pause } from '../clock/pause.js'
import type { FundingWatch } from '../reconcile/funding-watch.js'
import type { Reconciler, ReconcileReport } from '../reconcile/reconciler.js'
import type { HealthBoard } from '../report/health.js'
import { whyOf } from '../report/logger.js'
import { OUT_OF_STEP, UNREACHABLE, venueGap } from '../report/troubles.js'
import type { ManagerMetrics } from '../report/metrics.js'
import { Patience, type PatienceHost } from './patience.js'
import type { Schedule } from './schedule.js'

/** What keeping in step with a venue needs. */
export interface SyncHost extends PatienceHost {
  readonly metrics: ManagerMetrics
  readonly health: HealthBoard
  readonly schedule: Schedule
  readonly reconciler: Reconciler
  readonly funding: FundingWatch
  loops(): readonly BookLoop[]
  /** Lets the venue's stream go on. */
  resume(resync: number): void
}

const PAUSES = { first: 1000, longest: 60_000 }
const SOON_MS = 100
const FUNDING_PAUSES = { first: 10_000, longest: 3_600_000 }
const FAILURES_TO_SAY = 3

/** Keeps the books in step with the venue: at the start, after every gap before anything is decided, and from time to time. */
export class VenueSync {
  /** Settles with the first complete comparison; rejects with `manager.venue-unreachable` where there is none in time. */
  readonly synced: Promise<void>
  private readonly host: SyncHost
  private settleSynced: () => void = () => undefined
  private failSynced: (error: unknown) => void = () => undefined
  private hasSynced = false
  private wanted: number | null = null
  private isRunning = false
  private isBroken = false
  private failures = 0
  private lastReport: ReconcileReport | null = null

  constructor(host: SyncHost) {
    this.host = host
    this.synced = new Promise((resolve, reject) => {
      this.settleSynced = resolve
      this.failSynced = reject
    })
    // Whoever starts hears of it; nobody else waits.
    this.synced.catch(() => undefined)
  }

  /** Whether the venue has been compared with since the last gap. */
  get isInStep(): boolean {
    return this.hasSynced && !this.isRunning
  }

  /** What the newest complete comparison found; `null` = there was none. */
  get last(): ReconcileReport | null {
    return this.lastReport
  }

  /** The account stream is broken: nothing is heard until it stands again and asks for a {@link resync}. */
  lose(reason: string): void {
    this.isBroken = true
    this.host.health.report(venueGap(reason))
  }

  /** Compares all books before the events that the venue holds back are let through. */
  resync(resync: number): void {
    this.isBroken = false
    this.wanted = resync
    if (this.isRunning) return
    this.isRunning = true
    this.host.health.report(OUT_OF_STEP)
    void this.catchUp()
  }

  /** @throws {VenueError} when the venue could not be asked */
  async reconcile(cause: string): Promise<ReconcileReport> {
    try {
      const report = await this.host.reconciler.run(cause)
      this.succeed(report)
      return report
    } catch (error) {
      this.fail(cause, error)
      throw error
    }
  }

  /** Compares soon; several wishes become one. A failure is counted and said, and the next turn tries again. */
  request(cause: string, afterMs = SOON_MS): void {
    this.host.schedule.soon(`reconcile/${afterMs}`, afterMs, () => {
      if (this.isInStep) void this.reconcile(cause).catch(() => null)
    })
  }

  /** Fetches and books funding now, and once more a little later: a venue's history may be behind its own notice. */
  async bookFunding(loop: BookLoop): Promise<void> {
    await this.askForFunding(loop)
    this.askForFundingLater(loop, 0)
  }

  /** Fetches and books funding without a notice of it, of the book that was not asked for the longest, where one is due. */
  async bookSilentFunding(): Promise<void> {
    const loop = this.host.funding.mostOverdue()
    if (loop !== null) await this.askForFunding(loop)
  }

  /** A failure is said, and it is tried again until it is known, with growing pauses. */
  private async askForFunding(loop: BookLoop, failures = 0): Promise<void> {
    try {
      await this.host.funding.catchUp(loop)
    } catch (error) {
      this.host.logger.warn({ symbol: loop.symbol, why: whyOf(error) }, 'funding not fetched')
      this.askForFundingLater(loop, failures)
    }
  }

  private askForFundingLater(loop: BookLoop, failures: number): void {
    const pauseMs = backOffMs(failures, FUNDING_PAUSES)
    this.host.schedule.soon(`funding/${loop.symbol}`, pauseMs, () => void this.askForFunding(loop, failures + 1))
  }

  private async catchUp(): Promise<void> {
    const { signal } = this.host
    const patience = this.hasSynced ? null : new Patience(this.host)
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const resync = this.wanted
      try {
        await this.reconcile('resync')
      } catch (error) {
        if (!(await this.mayTryAgain(error, attempt, patience))) return
        continue
      }
      if (resync !== null) this.host.resume(resync)
      if (this.wanted === resync) break
      attempt = -1
    }
    if (!signal.aborted) this.finish()
  }

  /** A start gives up in the end; once the account lives, it is tried for ever. */
  private async mayTryAgain(error: unknown, attempt: number, patience: Patience | null): Promise<boolean> {
    try {
      if (patience !== null) await patience.bear(error)
      else await pause(this.host.clock, backOffMs(attempt, PAUSES), this.host.signal)
      return true
    } catch (final) {
      this.failSynced(final)
      return false
    }
  }

  private finish(): void {
    this.isRunning = false
    this.hasSynced = true
    this.settleSynced()
    this.host.health.clear(OUT_OF_STEP.code)
    if (!this.isBroken) this.host.health.clear('venueGap')
    for (const loop of this.host.loops()) loop.requestReview()
    for (const loop of this.host.loops()) void this.bookFunding(loop)
  }

  private succeed(report: ReconcileReport): void {
    const { differing } = report
    this.lastReport = report
    this.failures = 0
    this.host.health.clear(UNREACHABLE.code)
    if (differing.length === 0) return
    const settleMs = this.host
      .loops()
      .filter(({ symbol }) => differing.includes(symbol))
      .map(({ config }) => config.driftSettleMs)
    this.request('drift', Math.max(SOON_MS, ...settleMs))
  }

  private fail(cause: string, error: unknown): void {
    this.failures += 1
    this.host.metrics.failedReconciliations += 1
    this.host.logger.warn({ cause, failures: this.failures, why: whyOf(error) }, 'the venue could not be compared with')
    if (this.failures >= FAILURES_TO_SAY) this.host.health.report(UNREACHABLE)
  }
}
