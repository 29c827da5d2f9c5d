import { setMaxListeners } from 'node:events'
import { type Clock, monotonicOf } from '@tranchebook/adapters'
import { FencedError, keepLease, type Lease, type LeaseCircumstances } from '@tranchebook/store'
import { pause } from '../clock/pause.js'
import { ManagerError } from '../manager-error.js'
import type { ManagerOptions } from '../manager-options.js'
import { type Health, HealthBoard, type Trouble } from '../report/health.js'
import { leaseLost, STOPPED } from '../report/troubles.js'
import { takeLease } from './hold-lease.js'
import { Schedule } from './schedule.js'

type LifeOptions = Pick<ManagerOptions, 'account' | 'store' | 'holder' | 'leaseMs' | 'standby' | 'signal'>

const LEASE_MS = 15_000
const REAFFIRM_PAUSE_MS = 500

/** How long an account is ours: its lease, its timers, and the one signal that ends everything. */
export class AccountLife {
  readonly health: HealthBoard
  readonly schedule: Schedule
  private readonly clock: Clock
  private readonly options: LifeOptions
  private readonly dead = new AbortController()
  private lease: Lease | null = null
  /** When the lease was last asked for and how long it lasts from then, by the machine's clock and by the one that nobody sets. */
  private owned = { askedAt: 0, askedTime: 0, ttlMs: 0 }
  private reaffirming: Promise<void> | null = null
  private hasBegun = false
  private stopRenewing: () => void = () => undefined

  constructor(options: LifeOptions, clock: Clock, onHealth: (health: Health) => void) {
    // Everything that waits listens to its end: their number is no leak.
    setMaxListeners(0, this.dead.signal)
    this.options = options
    this.clock = clock
    this.schedule = new Schedule(clock)
    this.health = new HealthBoard(() => clock.now(), onHealth)
    options.signal?.addEventListener('abort', () => {
      this.end(STOPPED)
    })
  }

  /** Aborted = nothing is sent, recorded or asked any more. */
  get signal(): AbortSignal {
    return this.dead.signal
  }

  get isOver(): boolean {
    return this.dead.signal.aborted
  }

  /** `null` = no lease was taken yet. */
  get epoch(): number | null {
    return this.lease?.epoch ?? null
  }

  /** A manager starts once. @throws {ManagerError} `manager.stopped` */
  assertNew(): void {
    if (this.hasBegun) throw new ManagerError('manager.stopped', 'this manager was started before: open a new one')
    this.hasBegun = true
  }

  /** @throws {ManagerError} `manager.lease-held`, `manager.stopped` */
  async begin(): Promise<void> {
    this.assertGoesOn()
    const { account, store, holder = crypto.randomUUID(), leaseMs: ttlMs = LEASE_MS, standby = false } = this.options
    const { clock, signal } = this
    const now = (): number => monotonicOf(clock)
    const schedule = (ms: number, run: () => void): (() => void) => clock.schedule(ms, run)
    const around = { store: this.noting(store), clock: { now, schedule }, signal }
    this.lease = await takeLease({ scope: account, holder, ttlMs }, standby, around)
    const onLost = (error: unknown): void => {
      this.end(leaseLost(error))
    }
    this.stopRenewing = keepLease(this.lease, { ttlMs, onLost }, around)
  }

  /**
   * Whether the account is still ours for certain. A program that stood still may go on after its lease has run out, before anything
   * has told it: it ends then, and nothing of what it was about to send leaves. Where only the machine's clock says so, it was set,
   * or the machine has slept: the database is asked, and until it has answered nobody knows.
   */
  ownsAccount(): boolean {
    if (this.isOver) return false
    if (monotonicOf(this.clock) - this.owned.askedAt >= this.owned.ttlMs) {
      this.end(leaseLost(new Error('it was not renewed in time by our own clock')))
      return false
    }
    if (!this.isDoubtful) return true
    void this.reaffirm()
    return false
  }

  /** As {@link ownsAccount}, once the database has answered where it has to be asked. */
  async confirmsAccount(): Promise<boolean> {
    while (!this.ownsAccount() && !this.isOver) await this.reaffirm()
    return !this.isOver
  }

  /** Ends everything at once. */
  end(trouble: Trouble): void {
    if (this.isOver) return
    this.health.report(trouble)
    this.stopRenewing()
    this.schedule.stop()
    this.dead.abort(new ManagerError('manager.stopped', `${trouble.message}: open a new manager to go on`))
  }

  /** Ends everything and gives the lease back. */
  async leave(): Promise<void> {
    const { lease } = this
    this.end(STOPPED)
    if (lease !== null) await this.options.store.releaseLease(lease).catch(() => undefined)
  }

  /** Waits for something, unless the end comes first. @throws {ManagerError} `manager.stopped` */
  async until(wait: Promise<void>): Promise<void> {
    this.assertGoesOn()
    const ended = new Promise<void>((resolve) => {
      this.signal.addEventListener('abort', () => {
        resolve()
      })
    })
    await Promise.race([wait, ended])
    this.assertGoesOn()
  }

  private get isDoubtful(): boolean {
    return this.clock.now() - this.owned.askedTime >= this.owned.ttlMs
  }

  /** Asks the database whether the account is still ours; whoever asks meanwhile shares the answer. Where there is none, a moment passes. */
  private async reaffirm(): Promise<void> {
    this.reaffirming ??= this.renewNow().finally(() => {
      this.reaffirming = null
    })
    await this.reaffirming
  }

  private async renewNow(): Promise<void> {
    const { lease, options, clock, signal } = this
    if (lease === null) return
    try {
      await this.noting(options.store).renewLease(lease, this.owned.ttlMs)
    } catch (error) {
      if (error instanceof FencedError) return this.end(leaseLost(error))
      await pause(clock, REAFFIRM_PAUSE_MS, signal)
    }
  }

  /** Leases as the store gives them; each one counts from before it was asked for. */
  private noting(store: LeaseCircumstances['store']): LeaseCircumstances['store'] {
    return {
      acquireLease: async (request) => {
        const asked = this.asking(request.ttlMs)
        const answer = await store.acquireLease(request)
        if (answer.type === 'granted') this.owned = asked
        return answer
      },
      renewLease: async (lease, ttlMs) => {
        const asked = this.asking(ttlMs)
        const renewed = await store.renewLease(lease, ttlMs)
        this.owned = asked
        return renewed
      },
      releaseLease: async (lease) => store.releaseLease(lease),
    }
  }

  private asking(ttlMs: number): AccountLife['owned'] {
    return { askedAt: monotonicOf(this.clock), askedTime: this.clock.now(), ttlMs }
  }

  private assertGoesOn(): void {
    if (this.options.signal?.aborted !== true && !this.isOver) return
    throw new ManagerError('manager.stopped', 'the manager was stopped before it was live: open a new one')
  }
}
