import { InputError } from '@tranchebook/core'
import type { JsonObject, LogEvent } from '../event-store.js'

/** Parses text that this package wrote. */
export function parseJson(text: string): unknown {
  return JSON.parse(text) as unknown
}

/** Metadata of an event. */
export function parseMetadata(text: string | null): JsonObject | null {
  return text === null ? null : (JSON.parse(text) as JsonObject)
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** An object with a type, a version and a time. @throws {InputError} `store.event.malformed` */
export function parseLogEvent(json: unknown): LogEvent {
  const isEvent =
    isObject(json) &&
    typeof json['type'] === 'string' &&
    typeof json['version'] === 'number' &&
    typeof json['time'] === 'number'
  if (isEvent) return json as unknown as LogEvent
  throw new InputError('store.event.malformed', 'expected an object with a type, a version and a time')
}
