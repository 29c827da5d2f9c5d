import { InputError } from '@tranchebook/core'
import type { AppendOptions, NewEvent } from '../event-store.js'
import { assertName, type SerialEvent, serialiseEvent } from './serialise-event.js'

/** Events one append may hold. */
const MAX_EVENTS = 10_000

function assertExpected({ expected, epoch }: AppendOptions): void {
  const isFine = typeof expected !== 'number' || (Number.isSafeInteger(expected) && expected >= 0)
  if (!isFine) {
    throw new InputError('store.event.malformed', `expected version: expected a whole number from 0, got ${expected}`)
  }
  if (epoch !== undefined && !(Number.isSafeInteger(epoch) && epoch > 0)) {
    throw new InputError('store.event.malformed', `epoch: expected the epoch of a lease, got ${epoch}`)
  }
}

/** An append as it goes to the log. @throws {InputError} `store.event.malformed` for what a log cannot hold */
export function serialiseAppend(
  stream: string,
  events: readonly NewEvent[],
  options: AppendOptions,
): readonly SerialEvent[] {
  assertName('stream', stream)
  assertExpected(options)
  if (events.length === 0 || events.length > MAX_EVENTS) {
    throw new InputError(
      'store.event.malformed',
      `expected 1 to ${MAX_EVENTS} events in one append, got ${events.length}`,
    )
  }
  const serial = events.map((event) => serialiseEvent(event))
  if (new Set(serial.map(({ id }) => id)).size !== serial.length) {
    throw new InputError('store.event.malformed', `two events of one append have the same id in ${stream}`)
  }
  return serial
}
