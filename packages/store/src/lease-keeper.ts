import type { EventStore, Lease, LeaseRequest } from './event-store.js'
import { FencedError } from './store-errors.js'

type Leases = Pick<EventStore, 'acquireLease' | 'renewLease' | 'releaseLease'>

/** A lease that renews itself. */
export interface KeptLease {
  readonly lease: Lease
  /** Aborts when the lease is lost: stop at once. Its reason is the error that said so. */
  readonly lost: AbortSignal
  /** Stops renewing and gives the lease back. */
  release(): Promise<void>
}

const RENEWALS_PER_TTL = 3
const SHORTEST_PAUSE_MS = 10

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish, { once: true })
    if (signal.aborted) finish()
  })
}

/**
 * Waits for the lease of an account as a standby does: it is taken over at the latest `ttlMs` of its holder after the
 * holder last renewed it, plus one round trip. `null` = the signal ended the wait.
 */
export async function awaitLease(leases: Leases, request: LeaseRequest, signal: AbortSignal): Promise<Lease | null> {
  while (!signal.aborted) {
    const answer = await leases.acquireLease(request)
    if (answer.type === 'granted') return answer.lease
    await pause(Math.max(answer.remainingMs, SHORTEST_PAUSE_MS), signal)
  }
  return null
}

/**
 * Renews a lease three times in its life. Lost means: somebody else has it, or it could not be renewed in time by this
 * process's own clock. Appends under it are refused by the database in any case; this only says so early.
 */
export function keepLease(leases: Leases, first: Lease, ttlMs: number): KeptLease {
  const lost = new AbortController()
  const stop = new AbortController()
  let renewedAt = performance.now()

  const renewOnce = async (): Promise<void> => {
    const startedAt = performance.now()
    try {
      await leases.renewLease(first, ttlMs)
      renewedAt = startedAt
    } catch (error) {
      if (error instanceof FencedError || performance.now() - renewedAt >= ttlMs) lost.abort(error)
    }
  }
  const renew = async (): Promise<void> => {
    for (;;) {
      await pause(ttlMs / RENEWALS_PER_TTL, stop.signal)
      if (stop.signal.aborted || lost.signal.aborted) return
      await renewOnce()
    }
  }
  const renewing = renew()
  const release = async (): Promise<void> => {
    stop.abort()
    await renewing
    await leases.releaseLease(first)
  }
  return { lease: first, lost: lost.signal, release }
}
