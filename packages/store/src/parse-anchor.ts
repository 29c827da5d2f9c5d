import type { Anchor, StreamHead } from './event-store.js'

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isHead(value: unknown): value is StreamHead {
  if (!isObject(value)) return false
  const { stream, version, position, hash } = value
  return typeof stream === 'string' && isPlace(version) && isPlace(position) && /^[0-9a-f]{64}$/.test(String(hash))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The anchor that a text holds, or `null` where it is none. */
export function parseAnchor(text: string): Anchor | null {
  const json = parseJson(text)
  if (!isObject(json)) return null
  const { logId, position, streams } = json
  if (typeof logId !== 'string' || !isPlace(position) || !Array.isArray(streams) || !streams.every(isHead)) return null
  return { logId, position, streams }
}
