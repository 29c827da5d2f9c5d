import { awaitLease, type Lease, type LeaseCircumstances, type LeaseRequest } from '@tranchebook/store'
import { ManagerError } from '../manager-error.js'

async function takeAtOnce(request: LeaseRequest, { store }: LeaseCircumstances): Promise<Lease> {
  const answer = await store.acquireLease(request)
  if (answer.type === 'granted') return answer.lease
  const { holder, epoch } = answer.lease
  throw new ManagerError(
    'manager.lease-held',
    `${request.scope} is run by ${holder} (epoch ${epoch}) for another ${answer.remainingMs} ms: stop it first, or start as a standby`,
    { details: { scope: request.scope, holder, epoch } },
  )
}

/**
 * Takes the lease of an account; as a standby it waits until the lease is free.
 *
 * @throws {ManagerError} `manager.lease-held`, or `manager.stopped` when the signal ended the wait
 */
export async function takeLease(request: LeaseRequest, isStandby: boolean, around: LeaseCircumstances): Promise<Lease> {
  const lease =
    around.signal.aborted || isStandby ? await awaitLease(request, around) : await takeAtOnce(request, around)
  if (lease !== null) return lease
  throw new ManagerError('manager.stopped', `the wait for the lease of ${request.scope} was ended from outside`)
}
