import { type Anchor, parseAnchor } from '@tranchebook/store'
import { CommandFailure } from '../command-failure.js'
import { readText } from '../read/open-source.js'
import type { Terminal } from '../terminal.js'

/** Reads an anchor. @throws {CommandFailure} when the file cannot be read or is none. */
export async function readAnchor(path: string, terminal: Terminal): Promise<Anchor> {
  const anchor = parseAnchor(await readText(path, terminal))
  if (anchor !== null) return anchor
  throw new CommandFailure({
    what: `${path === '-' ? 'stdin' : path} is not an anchor`,
    expected: 'expected the JSON object that tranchebook db anchor prints: {"logId":…,"position":…,"streams":[…]}',
    advice: 'give the file that db anchor -o wrote, unchanged',
  })
}
