import type { ExpectedVersion, Lease } from '../event-store.js'
import { ConflictError, FencedError } from '../store-errors.js'

/** The account a stream belongs to, which is also the scope of its lease. */
export function scopeOf(stream: string): string {
  const slash = stream.indexOf('/')
  return slash < 0 ? stream : stream.slice(0, slash)
}

function wording(expected: ExpectedVersion): string {
  if (typeof expected === 'number') return `version ${expected}`
  return expected === 'none' ? 'no events yet' : expected === 'exists' ? 'at least one event' : 'any version'
}

/** The stream is elsewhere. */
export function conflictOfVersion(stream: string, expected: ExpectedVersion, actual: number): ConflictError {
  return new ConflictError(
    'store.conflict.version',
    `expected ${stream} to have ${wording(expected)}, it is at version ${actual}: read what was added and decide again`,
    { details: { stream, expected, actual } },
  )
}

/** The event id is taken by something else. */
export function conflictOfEvent(stream: string, id: string | null): ConflictError {
  const which = id === null ? 'one of these event ids' : `event id ${JSON.stringify(id)}`
  return new ConflictError(
    'store.conflict.event',
    `${which} is already recorded in ${stream} at another place or with other content: it must not be recorded twice`,
    { details: { stream, id } },
  )
}

/** The writer's epoch is not the account's epoch. In doubt, an earlier attempt may have been recorded before it was fenced. */
export function fenced(
  scope: string,
  {
    own,
    current,
    isDoubtful,
  }: { readonly own: number | null; readonly current: number | null; readonly isDoubtful: boolean },
): FencedError {
  const message =
    own === null
      ? `${scope} is written under leases (epoch ${current}): acquire one and append with its epoch`
      : `epoch ${own} may not write ${scope} any more, it is at epoch ${current ?? 'none'}: stop, another process owns it`
  const doubt = '; the answer to an earlier attempt was lost, so the log may have these events: read the stream'
  return new FencedError('store.fenced', isDoubtful ? `${message}${doubt}` : message, {
    outcome: isDoubtful ? 'unknown' : 'refused',
    details: { scope, own, current },
  })
}

/** A lease that is no longer this holder's. */
export function leaseLost({ scope, holder, epoch }: Lease): FencedError {
  return new FencedError('store.fenced', `${holder} lost the lease of ${scope} (epoch ${epoch}): stop writing it`, {
    outcome: 'refused',
    details: { scope, holder, own: epoch },
  })
}

/** A checkpoint moved under its reader. */
export function conflictOfCheckpoint(name: string, from: number, actual: number): ConflictError {
  return new ConflictError(
    'store.conflict.checkpoint',
    `checkpoint ${name} is at ${actual}, not at ${from}: another process runs the same reader`,
    { details: { name, from, actual } },
  )
}
