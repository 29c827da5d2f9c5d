import { isObject } from './parse-json.js'

/** A line of an event log before its event is checked. */
export interface LogLine {
  readonly event: unknown
  /** Where the line says so, or the event begins a book; `null` = the book of the line before. */
  readonly stream: string | null
  /** The stream's version the event makes; `null` = the line does not say. */
  readonly version: number | null
}

function beginningOf(event: unknown): string | null {
  if (!isObject(event) || event['type'] !== 'BookOpened') return null
  const { account, symbol } = event
  return typeof account === 'string' && typeof symbol === 'string' ? `${account}/${symbol}` : null
}

/** Takes a line apart: a bare event, or `{"stream":…,"version":…,"event":…}` with whatever else a store keeps. */
export function logLineOf(value: unknown): LogLine {
  if (!isObject(value) || !isObject(value['event'])) return { event: value, stream: beginningOf(value), version: null }
  const { event, stream, version } = value
  return {
    event,
    stream: typeof stream === 'string' ? stream : beginningOf(event),
    version: typeof version === 'number' ? version : null,
  }
}

/** Whether a line is of an event log: events are named in capitals, inputs are not. */
export function isLogLine(value: unknown): boolean {
  if (!isObject(value)) return false
  const { type, event } = value
  return isObject(event) || (typeof type === 'string' && /^[A-Z]/.test(type))
}
