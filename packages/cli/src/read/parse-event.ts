import { type BookEvent, InputError } from '@tranchebook/core'
import { isObject } from './parse-json.js'

/** An event and, where the line says so, the stream it belongs to. */
export interface LogLine {
  readonly stream: string | null
  readonly event: BookEvent
}

function isEvent(value: unknown): boolean {
  if (!isObject(value)) return false
  const { type, version, time } = value
  return typeof type === 'string' && /^[A-Z]/.test(type) && typeof version === 'number' && Number.isSafeInteger(time)
}

/** Reads a line of an event log: a bare event, or `{"stream": …, "event": …}` with whatever else a store keeps. @throws {InputError} */
export function parseEvent(value: unknown): LogLine {
  const line = isObject(value) && isObject(value['event']) ? value : { event: value }
  const { event, stream } = line
  if (isEvent(event)) return { stream: typeof stream === 'string' ? stream : null, event: event as BookEvent }
  throw new InputError(
    'input.malformed',
    `expected an event with type, version and time, such as {"type":"BookOpened","version":1,"time":1714000000000,…}; got ${JSON.stringify(value).slice(0, 60)}`,
  )
}
