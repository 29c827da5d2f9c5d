import { setMaxListeners } from 'node:events'
import type { Clock } from '@tranchebook/adapters'
import { keepLease, type Lease, type LeaseCircumstances } from '@tranchebook/store'
import { ManagerError } from '../manager-error.js'
import type { ManagerOptions } from '../manager-options.js'
import { type Health, HealthBoard, type Trouble } from '../report/health.js'
import { leaseLost, STOPPED } from '../report/troubles.js'
import { takeLease } from './hold-lease.js'
import { Schedule } from './schedule.js'

type LifeOptions = Pick<ManagerOptions, 'account' | 'store' | 'holder' | 'leaseMs' | 'standby' | 'signal'>

const LEASE_MS = 15_000

/** How long an account is ours: its lease, its timers, and the one signal that ends everything. */
export class AccountLife {
  readonly health: HealthBoard
  readonly schedule: Schedule
  private readonly clock: Clock
  private readonly options: LifeOptions
  private readonly dead = new AbortController()
  private lease: Lease | null = null
  /** Until then nobody else can have the account, by our clock. */
  private ownedUntil = 0
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
    const around = { store: this.noting(store), clock: this.clock, signal: this.signal }
    this.lease = await takeLease({ scope: account, holder, ttlMs }, standby, around)
    const onLost = (error: unknown): void => {
      this.end(leaseLost(error))
    }
    this.stopRenewing = keepLease(this.lease, { ttlMs, onLost }, around)
  }

  /**
   * Whether the account is still ours. A program that stood still may go on after its lease has run out, before anything has told
   * it: it ends then, and nothing of what it was about to send leaves.
   */
  ownsAccount(): boolean {
    if (!this.isOver && this.clock.now() >= this.ownedUntil)
      this.end(leaseLost(new Error('it was not renewed in time by our own clock')))
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

  /** Leases as the store gives them; each one counts from before it was asked for. */
  private noting(store: LeaseCircumstances['store']): LeaseCircumstances['store'] {
    return {
      acquireLease: async (request) => {
        const asked = this.clock.now()
        const answer = await store.acquireLease(request)
        if (answer.type === 'granted') this.ownedUntil = asked + request.ttlMs
        return answer
      },
      renewLease: async (lease, ttlMs) => {
        const asked = this.clock.now()
        const renewed = await store.renewLease(lease, ttlMs)
        this.ownedUntil = asked + ttlMs
        return renewed
      },
      releaseLease: async (lease) => store.releaseLease(lease),
    }
  }

  private assertGoesOn(): void {
    if (this.options.signal?.aborted !== true && !this.isOver) return
    throw new ManagerError('manager.stopped', 'the manager was stopped before it was live: open a new one')
  }
}
