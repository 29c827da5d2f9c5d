import type { LogEvent, StoredEvent } from '../event-store.js'
import { StoreError } from '../store-errors.js'
import { parseJson, parseLogEvent, parseMetadata } from './parse-event.js'
import type { EventRecord } from './event-record.js'

/** Turns stored JSON into an event of today: checks it and upcasts old versions. The one decode path of every read. */
export type Decode<Event extends LogEvent> = (json: unknown) => Event

/** Where an event stands, for error messages. */
export type EventPlace = Partial<Pick<EventRecord, 'position' | 'stream' | 'version' | 'id' | 'type'>>

/** Applies `decode`; a failure says which event it was. @throws {StoreError} `store.event.unreadable` */
export function decodeAt<Event extends LogEvent>(decode: Decode<Event>, json: unknown, place: EventPlace): Event {
  try {
    return decode(json)
  } catch (cause) {
    const where = Object.entries(place).map(([key, value]) => `${key} ${value}`)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError('store.event.unreadable', `event at ${where.join(', ')} cannot be read: ${why}`, {
      details: { ...place },
      cause,
    })
  }
}

/** An event with its envelope. @throws {StoreError} `store.event.unreadable` */
export function decodeRecord<Event extends LogEvent>(decode: Decode<Event>, record: EventRecord): StoredEvent<Event> {
  const { position, stream, version, id, type, recordedTime, epoch, hash } = record
  const event = decodeAt((text) => decode(parseJson(String(text))), record.data, {
    position,
    stream,
    version,
    id,
    type,
  })
  return { position, stream, version, id, event, metadata: parseMetadata(record.metadata), recordedTime, epoch, hash }
}

/** Accepts every event with a type, a version and a time, unchanged. */
export function decodeAny(json: unknown): LogEvent {
  return parseLogEvent(json)
}
