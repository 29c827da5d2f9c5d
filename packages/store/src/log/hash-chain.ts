import { hash } from 'node:crypto'
import type { EventRecord } from './event-record.js'

/** Hash before the first event of every stream, hex. */
export const GENESIS = '00'.repeat(32)

/**
 * Text a hash covers, after the 32 bytes of the hash before it. Fields are separated by line feeds, which no field can
 * hold: names are checked on the way in, and JSON text escapes them.
 */
function hashedText(record: Omit<EventRecord, 'hash'>): string {
  return [
    record.stream,
    record.version,
    record.position,
    record.id,
    record.type,
    record.schemaVersion,
    record.tranche ?? '',
    record.time,
    record.recordedTime,
    record.epoch ?? '',
    record.data,
    record.metadata ?? '',
  ].join('\n')
}

/** Hash of an event, hex, given the hash before it in its stream. */
export function chainHash(previous: string, record: Omit<EventRecord, 'hash'>): string {
  return hash('sha256', Buffer.concat([Buffer.from(previous, 'hex'), Buffer.from(hashedText(record), 'utf8')]), 'hex')
}
