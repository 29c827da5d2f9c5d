import type { BookEvent } from '../../book/events.js'
import { isRecord } from '../shape/json.js'
import type { EventPlace } from './event-place.js'
import { parseEvent } from './parse-event.js'

/** An event as the store gives it, before anything is known of it. */
export type RawEvent = Readonly<Record<string, unknown>>

/** Turns one event of an older schema into the next one. Pure; what the old event did not know stays unknown. */
export type Upcast = (event: RawEvent) => RawEvent

/** Upcasts by event type, then by the schema version they start from. */
export type UpcastSteps = Readonly<Record<string, Readonly<Record<number, Upcast>>>>

/** Reads stored events with the given upcasts: old ones step by step to today's schema, all of them checked field by field. */
export function createUpcaster(steps: UpcastSteps): (event: unknown, place: EventPlace) => BookEvent {
  const byType = new Map(Object.entries(steps))

  function stepFor(event: RawEvent): Upcast | undefined {
    const { type, version } = event
    return typeof type === 'string' && typeof version === 'number' ? byType.get(type)?.[version] : undefined
  }

  return (event, place) => {
    let current = event
    while (byType.size > 0 && isRecord(current)) {
      const step = stepFor(current)
      if (step === undefined) break
      current = step(current)
    }
    return parseEvent(current, place)
  }
}

/** What an event type's older schemas need, by the version they have. */
const STEPS: UpcastSteps = {
  // Why the venue refused was not recorded: it counts as any refusal did.
  OrderRefused: { 1: (event) => ({ ...event, version: 2, wouldTrigger: false }) },
  // It was cancelled again at once.
  CancelRefused: { 1: (event) => ({ ...event, version: 2, retryTime: null }) },
}

/**
 * The one way from a stored event to an event of today.
 *
 * @throws {InputError} `event.unknown-type`, `event.newer-version`, `event.no-upcast` or `event.malformed`, with the place given.
 */
export const upcast = createUpcaster(STEPS)
