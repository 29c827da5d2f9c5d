import { type EventStore, FencedError, type Lease, type LeaseRequest } from '@tranchebook/store'
import type { Clock } from '@tranchebook/adapters'
import { type Cancel, pause } from '../clock/pause.js'
import { ManagerError } from '../manager-error.js'

type Leases = Pick<EventStore, 'acquireLease' | 'renewLease' | 'releaseLease'>

/** What holding a lease needs. */
export interface LeaseCircumstances {
  readonly store: Leases
  readonly clock: Clock
  readonly signal: AbortSignal
}

const RENEWALS_PER_TERM = 3
const SHORTEST_PAUSE_MS = 10

/**
 * Takes the lease of an account; as a standby it waits until the lease is free.
 *
 * @throws {ManagerError} `manager.lease-held`, or `manager.stopped` when the signal ended the wait
 */
export async function takeLease(request: LeaseRequest, isStandby: boolean, around: LeaseCircumstances): Promise<Lease> {
  while (!around.signal.aborted) {
    const answer = await around.store.acquireLease(request)
    if (answer.type === 'granted') return answer.lease
    const { holder, epoch } = answer.lease
    if (!isStandby)
      throw new ManagerError(
        'manager.lease-held',
        `${request.scope} is run by ${holder} (epoch ${epoch}) for another ${answer.remainingMs} ms: stop it first, or start as a standby`,
        { details: { scope: request.scope, holder, epoch } },
      )
    await pause(around.clock, Math.max(answer.remainingMs, SHORTEST_PAUSE_MS), around.signal)
  }
  throw new ManagerError('manager.stopped', `the wait for the lease of ${request.scope} was ended from outside`)
}

/** Renews a lease three times in its term. Lost = somebody else has it, or it could not be renewed in time. */
export function keepLease(
  lease: Lease,
  { ttlMs, onLost }: { readonly ttlMs: number; readonly onLost: (error: unknown) => void },
  { store, clock, signal }: LeaseCircumstances,
): Cancel {
  let renewedTime = clock.now()
  let cancel: Cancel = () => undefined
  const renew = async (): Promise<void> => {
    const started = clock.now()
    try {
      await store.renewLease(lease, ttlMs)
      renewedTime = started
    } catch (error) {
      if (error instanceof FencedError || clock.now() - renewedTime >= ttlMs) return onLost(error)
    }
    plan()
  }
  const plan = (): void => {
    if (signal.aborted) return
    cancel = clock.schedule(ttlMs / RENEWALS_PER_TERM, () => void renew())
  }
  plan()
  return () => {
    cancel()
  }
}
