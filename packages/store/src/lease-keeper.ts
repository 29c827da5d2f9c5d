import type { EventStore, Lease, LeaseRequest } from './event-store.js'
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

/**
 * Waits for the lease of an account as a standby does: it is taken over at the latest `ttlMs` of its holder after the
 * holder last renewed it, plus one round trip. `null` = the signal ended the wait.
 */
export async function awaitLease(request: LeaseRequest, around: LeaseCircumstances): Promise<Lease | null> {
  while (!around.signal.aborted) {
    const answer = await around.store.acquireLease(request)
    if (answer.type === 'granted') return answer.lease
    await pause(Math.max(answer.remainingMs, SHORTEST_PAUSE_MS), around)
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
    else this.plan()
  }

  readonly stop = (): void => {
    this.isOver = true
    this.cancelNext()
    this.cancelLimit()
    this.around.signal.removeEventListener('abort', this.stop)
  }

  private plan(): void {
    this.cancelNext = this.around.clock.schedule(this.terms.ttlMs / RENEWALS_PER_TTL, () => void this.renew())
  }

  /** An answer that does not come in time counts like a failed renewal. */
  private async renew(): Promise<void> {
    const { clock, store } = this.around
    const { ttlMs } = this.terms
    const startedAt = clock.now()
    const limitMs = Math.max(this.renewedAt + ttlMs - startedAt, ttlMs / RENEWALS_PER_TTL)
    const late = new Promise<never>((_, reject) => {
      this.cancelLimit = clock.schedule(limitMs, () => {
        reject(new Error(`the lease of ${this.lease.scope} was not renewed within ${limitMs} ms`))
      })
    })
    try {
      await Promise.race([store.renewLease(this.lease, ttlMs), late])
      this.renewedAt = startedAt
    } catch (error) {
      if (!this.isOver && (error instanceof FencedError || clock.now() - this.renewedAt >= ttlMs)) this.lose(error)
    }
    this.cancelLimit()
    if (!this.isOver) this.plan()
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
