import type { EventStore, Lease, LeaseAnswer, LeaseRequest } from './event-store.js'
import { isOutage } from './sql/is-outage.js'
import { FencedError } from './store-errors.js'

/** Time, as whoever holds or awaits a lease sees it. */
export interface LeaseClock {
  /** Milliseconds since any moment. */
  now(): number
  /** Runs once after the delay, in ms; the returned function calls it off. */
  schedule(delayMs: number, run: () => void): () => void
}

/** Where leases come from, by which clock, and what ends it all. */
export interface LeaseCircumstances {
  readonly store: Pick<EventStore, 'acquireLease' | 'renewLease' | 'releaseLease'>
  readonly clock: LeaseClock
  /** Ends the wait for a lease, and the renewing of one. */
  readonly signal: AbortSignal
}

/** How long a lease lives without a renewal, and whom to tell when it is lost. */
export interface LeaseTerms {
  readonly ttlMs: number
  /** Called once: stop writing the account. */
  readonly onLost: (error: unknown) => void
}

const RENEWALS_PER_TTL = 3
const RETRIES_PER_TTL = 30
const SHORTEST_PAUSE_MS = 10

/** The clock of this process. */
export const systemLeaseClock: LeaseClock = {
  now: () => performance.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}

async function pause(ms: number, { clock, signal }: LeaseCircumstances): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      cancel()
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const cancel = clock.schedule(ms, finish)
    signal.addEventListener('abort', finish, { once: true })
  })
}

/** `null` = the database is away, or busy. */
async function askFor(request: LeaseRequest, { store }: LeaseCircumstances): Promise<LeaseAnswer | null> {
  try {
    return await store.acquireLease(request)
  } catch (error) {
    if (!isOutage(error)) throw error
    return null
  }
}

/**
 * Waits for the lease of an account as a standby does: it is taken over at the latest `ttlMs` of its holder after the
 * holder last renewed it, plus one round trip. An outage of the database is waited out. `null` = the signal ended the wait.
 *
 * @throws {StoreError} `store.access.refused`, `store.closed`
 */
export async function awaitLease(request: LeaseRequest, around: LeaseCircumstances): Promise<Lease | null> {
  while (!around.signal.aborted) {
    const answer = await askFor(request, around)
    if (answer?.type === 'granted') return answer.lease
    const pauseMs = answer?.remainingMs ?? request.ttlMs / RETRIES_PER_TTL
    await pause(Math.max(pauseMs, SHORTEST_PAUSE_MS), around)
  }
  return null
}

/** Renews one lease until it is told to stop, or the lease is lost. */
class LeaseKeeper {
  private readonly lease: Lease
  private readonly terms: LeaseTerms
  private readonly around: LeaseCircumstances
  private renewedAt: number
  private isOver = false
  private cancelNext = (): void => undefined
  private cancelLimit = (): void => undefined

  constructor(lease: Lease, terms: LeaseTerms, around: LeaseCircumstances) {
    this.lease = lease
    this.terms = terms
    this.around = around
    this.renewedAt = around.clock.now()
    around.signal.addEventListener('abort', this.stop, { once: true })
    if (around.signal.aborted) this.stop()
    else this.plan(this.terms.ttlMs / RENEWALS_PER_TTL)
  }

  readonly stop = (): void => {
    this.isOver = true
    this.cancelNext()
    this.cancelLimit()
    this.around.signal.removeEventListener('abort', this.stop)
  }

  private plan(delayMs: number): void {
    this.cancelNext = this.around.clock.schedule(delayMs, () => void this.renew())
  }

  /** An answer that does not come in time counts like a failed renewal; either is tried again while the lease lives. */
  private async renew(): Promise<void> {
    const { clock, store } = this.around
    const { ttlMs } = this.terms
    const startedAt = clock.now()
    const late = this.lateAfter(startedAt)
    try {
      await Promise.race([store.renewLease(this.lease, ttlMs), late])
      this.renewedAt = startedAt
      if (!this.isOver) this.plan(ttlMs / RENEWALS_PER_TTL)
    } catch (error) {
      if (!this.isOver) this.failed(error)
    }
    this.cancelLimit()
  }

  /** Fails after a third of a life, so that there is time for another try; sooner where the lease ends sooner. */
  private async lateAfter(startedAt: number): Promise<never> {
    const { ttlMs } = this.terms
    const leftMs = this.renewedAt + ttlMs - startedAt
    const limitMs = leftMs > 0 ? Math.min(leftMs, ttlMs / RENEWALS_PER_TTL) : ttlMs / RENEWALS_PER_TTL
    return new Promise<never>((_, reject) => {
      this.cancelLimit = this.around.clock.schedule(limitMs, () => {
        reject(new Error(`the lease of ${this.lease.scope} was not renewed within ${limitMs} ms`))
      })
    })
  }

  private failed(error: unknown): void {
    const { ttlMs } = this.terms
    const leftMs = this.renewedAt + ttlMs - this.around.clock.now()
    if (error instanceof FencedError || leftMs <= 0) this.lose(error)
    else this.plan(Math.min(Math.max(ttlMs / RETRIES_PER_TTL, SHORTEST_PAUSE_MS), leftMs))
  }

  private lose(error: unknown): void {
    this.stop()
    this.terms.onLost(error)
  }
}

/**
 * Renews a lease three times in its life; the returned function ends that. Lost means: somebody else has it, or it could
 * not be renewed in time by this clock. Appends under it are refused by the database in any case; this only says so early.
 */
export function keepLease(lease: Lease, terms: LeaseTerms, around: LeaseCircumstances): () => void {
  return new LeaseKeeper(lease, terms, around).stop
}
