import { InputError } from '@tranchebook/core'
import type { LogEvent, NewEvent } from '../event-store.js'

/** An event as it goes to the log. */
export interface SerialEvent {
  readonly id: string
  readonly type: string
  readonly schemaVersion: number
  readonly tranche: string | null
  readonly time: number
  readonly data: string
  readonly metadata: string | null
}

const MAX_NAME = 200
const MAX_SCHEMA_VERSION = 32_767
const UNSTORABLE = /[\u0000-\u001f\u007f\ud800-\udfff]/u
const UNSTORABLE_ESCAPE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

function refuse(what: string, expected: string, got: unknown): never {
  const shown = typeof got === 'string' ? JSON.stringify(got.slice(0, 80)) : String(got)
  throw new InputError('store.event.malformed', `${what}: expected ${expected}, got ${shown}`, {
    details: { what, got: typeof got === 'string' ? got.slice(0, 80) : String(got) },
  })
}

/** A name that may stand in the log: 1 to 200 characters, no control characters. @throws {InputError} `store.event.malformed` */
export function assertName(what: string, name: string): void {
  const isFine = typeof name === 'string' && name.length > 0 && name.length <= MAX_NAME && !UNSTORABLE.test(name)
  if (!isFine) refuse(what, `1 to ${MAX_NAME} characters without control characters`, name)
}

function assertWhole(what: string, value: number, largest: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > largest)
    refuse(what, `a whole number from 0 to ${largest}`, value)
}

function textOf(what: string, value: unknown): string {
  const text = JSON.stringify(value)
  if (text.includes('\\u') && UNSTORABLE_ESCAPE.test(text)) {
    refuse(what, 'text without NUL and without halves of surrogate pairs', text)
  }
  return text
}

function trancheOf(event: LogEvent): string | null {
  const tranche = 'tranche' in event ? event.tranche : null
  if (typeof tranche !== 'string') return null
  assertName('tranche', tranche)
  return tranche
}

/** The exact text of an event. @throws {InputError} `store.event.malformed` for what a log cannot hold */
export function serialiseEvent({ id, event, metadata }: NewEvent): SerialEvent {
  assertName('event id', id)
  assertName('event type', event.type)
  assertWhole('event schema version', event.version, MAX_SCHEMA_VERSION)
  assertWhole('event time', event.time, Number.MAX_SAFE_INTEGER)
  return {
    id,
    type: event.type,
    schemaVersion: event.version,
    tranche: trancheOf(event),
    time: event.time,
    data: textOf(`event ${event.type}`, event),
    metadata: metadata === undefined ? null : textOf('metadata', metadata),
  }
}
