import { InputError } from '@tranchebook/core'
import type { LogEvent, NewEvent } from '../event-store.js'
import { findUnfaithful } from './find-unfaithful.js'

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

function refuse(what: string, expected: string, got: string): never {
  throw new InputError('store.event.malformed', `${what}: expected ${expected}, got ${got}`, { details: { what, got } })
}

/** What came, for a message: text in quotes and not too much of it. */
export function shown(got: unknown): string {
  return typeof got === 'string' ? JSON.stringify(got.slice(0, 80)) : String(got)
}

/** Whether a name may stand in the log: 1 to 200 characters, no control characters. */
export function isName(name: unknown): name is string {
  return typeof name === 'string' && name.length > 0 && name.length <= MAX_NAME && !UNSTORABLE.test(name)
}

/** @throws {InputError} `store.event.malformed` for what is not a name */
export function assertName(what: string, name: string): void {
  if (!isName(name)) refuse(what, `1 to ${MAX_NAME} characters without control characters`, shown(name))
}

function assertWhole(what: string, value: number, largest: number): void {
  if (!Number.isSafeInteger(value) || value < 0 || value > largest)
    refuse(what, `a whole number from 0 to ${largest}`, shown(value))
}

function textOf(what: string, value: unknown): string {
  const unfaithful = findUnfaithful(value)
  if (unfaithful !== null) refuse(`${what}${unfaithful.path}`, 'JSON, which comes back as it was', unfaithful.what)
  const text = JSON.stringify(value)
  if (text.includes('\\u') && UNSTORABLE_ESCAPE.test(text)) {
    refuse(what, 'text without NUL and without halves of surrogate pairs', shown(text))
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
