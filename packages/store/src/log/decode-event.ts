import type { LogEvent, StoredEvent } from '../event-store.js'
import { StoreError } from '../store-errors.js'
import type { EventRecord, Whereabouts } from './event-record.js'
import { parseJson, parseLogEvent, parseMetadata } from './parse-event.js'

/** Where a stored event stands. */
export interface EventPlace {
  readonly stream: string
  readonly version: number
}

/**
 * Turns stored JSON into an event of today: checks it and upcasts old versions. The one decode path of every read. `place` is
 * for messages and changes after the call.
 */
export type Decode<Event extends LogEvent> = (json: unknown, place: EventPlace) => Event

/** The error that names an event nobody can read. */
export function unreadable(where: Whereabouts, cause: unknown): StoreError {
  const place = Object.entries(where).map(([key, value]) => `${key} ${value}`)
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `the event at ${place.join(', ')} cannot be read: ${why}`
  return new StoreError('store.event.unreadable', message, { details: { ...where }, cause })
}

/** An event with its envelope. @throws {StoreError} `store.event.unreadable` */
export function decodeRecord<Event extends LogEvent>(decode: Decode<Event>, record: EventRecord): StoredEvent<Event> {
  const { position, stream, version, id, type, recordedTime, epoch, hash } = record
  try {
    const event = decode(parseJson(record.data), { stream, version })
    return { position, stream, version, id, event, metadata: parseMetadata(record.metadata), recordedTime, epoch, hash }
  } catch (cause) {
    throw unreadable({ position, stream, version, id, type }, cause)
  }
}

/** Accepts every event with a type, a version and a time, unchanged. */
export function decodeAny(json: unknown): LogEvent {
  return parseLogEvent(json)
}
