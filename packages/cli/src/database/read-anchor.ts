import type { Anchor, StreamHead } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import { readText } from '../read/open-source.js'
import { isObject, parseJson } from '../read/parse-json.js'
import type { Terminal } from '../terminal.js'

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isHead(value: unknown): value is StreamHead {
  if (!isObject(value)) return false
  const { stream, version, position, hash } = value
  return typeof stream === 'string' && isPlace(version) && isPlace(position) && /^[0-9a-f]{64}$/.test(String(hash))
}

function parseAnchor(text: string): Anchor | null {
  const json = parseJson(text)
  if (!isObject(json)) return null
  const { logId, position, streams } = json
  if (typeof logId !== 'string' || !isPlace(position) || !Array.isArray(streams) || !streams.every(isHead)) return null
  return { logId, position, streams }
}

function tryParse(text: string): Anchor | null {
  try {
    return parseAnchor(text)
  } catch {
    return null
  }
}

/** Reads an anchor. @throws {CommandFailure} when the file cannot be read or is none. */
export async function readAnchor(path: string, terminal: Terminal): Promise<Anchor> {
  const anchor = tryParse(await readText(path, terminal))
  if (anchor !== null) return anchor
  throw new CommandFailure({
    what: `${path === '-' ? 'stdin' : path} is not an anchor`,
    expected: 'expected the JSON object that tranchebook db anchor prints: {"logId":…,"position":…,"streams":[…]}',
    advice: 'give the file that db anchor -o wrote, unchanged',
  })
}
