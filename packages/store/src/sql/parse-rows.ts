import type { JsonObject, LogEvent, StoredEvent } from '../event-store.js'
import { type Decode, unreadable } from '../log/decode-event.js'
import type { EventRecord } from '../log/event-record.js'

/**
 * An event as the server joins it: position, stream, version, id, recorded time, epoch, hash, data, metadata, and where
 * the exact text was asked for also type, schema version, tranche and time.
 */
export type Row = readonly [
  position: number,
  stream: string,
  version: number,
  id: string,
  recordedTime: number,
  epoch: number | null,
  hash: string,
  data: unknown,
  metadata: unknown,
  type: string,
  schemaVersion: number,
  tranche: string | null,
  time: number,
]

/** Parses a list of rows. */
export function parseRows(text: string): readonly Row[] {
  return JSON.parse(text) as readonly Row[]
}

/** Parses a list of events. */
export function parseEvents(text: string): readonly unknown[] {
  return JSON.parse(text) as readonly unknown[]
}

/** An event with its envelope. @throws {StoreError} `store.event.unreadable` */
export function parseStored<Event extends LogEvent>(row: Row, decode: Decode<Event>): StoredEvent<Event> {
  const [position, stream, version, id, recordedTime, epoch, hash, data, metadata] = row
  try {
    const event = decode(data, { stream, version })
    return { position, stream, version, id, event, metadata: metadata as JsonObject | null, recordedTime, epoch, hash }
  } catch (cause) {
    throw unreadable({ position, stream, version, id }, cause)
  }
}

/** An event exactly as it is stored. */
export function parseRecord(row: Row): EventRecord {
  const [position, stream, version, id, recordedTime, epoch, hash, data, metadata, type, schemaVersion, tranche, time] =
    row
  return {
    position,
    stream,
    version,
    id,
    type,
    schemaVersion,
    tranche,
    time,
    recordedTime,
    epoch,
    data: data as string,
    metadata: metadata as string | null,
    hash,
  }
}
