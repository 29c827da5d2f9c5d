import { InputError } from '@tranchebook/core'
import type { LeaseRequest, LogEvent, SubscribeOptions } from '../event-store.js'
import type { Project } from '../projections/change.js'
import { isName, shown } from './serialise-event.js'

function refuse(what: string, expected: string, value: unknown): never {
  const got = shown(value)
  throw new InputError('store.request.malformed', `${what}: expected ${expected}, got ${got}`, {
    details: { what, got },
  })
}

function assertWhole(what: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) refuse(what, `a whole number from ${least}`, value)
}

/** @throws {InputError} `store.request.malformed` */
export function assertSubscription({ after, batchSize = 1 }: SubscribeOptions): void {
  assertWhole('position to subscribe after', after, 0)
  assertWhole('batch size of a subscription', batchSize, 1)
}

/** @throws {InputError} `store.request.malformed` */
export function assertProject<Event extends LogEvent>(
  project: Project<Event> | null,
): asserts project is Project<Event> {
  if (project === null) refuse('rebuild of the projections', 'a store that was opened with `project`', project)
}

/** @throws {InputError} `store.request.malformed` */
export function assertTtl(ttlMs: number): void {
  assertWhole('time to live of a lease, ms', ttlMs, 1)
}

/** @throws {InputError} `store.request.malformed` */
export function assertLeaseRequest({ scope, holder, ttlMs }: LeaseRequest): void {
  if (!isName(scope) || scope.includes('/')) refuse('scope of a lease', 'an account: a name without /', scope)
  if (!isName(holder)) refuse('holder of a lease', 'a name', holder)
  assertTtl(ttlMs)
}
