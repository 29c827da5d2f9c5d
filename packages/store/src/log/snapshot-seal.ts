import { createHash } from 'node:crypto'
import type { Snapshot } from '../event-store.js'

/** Hash over everything that makes a snapshot valid: its text, its schema, and the event it stands on. Hex. */
export function sealSnapshot({ stream, version, schema, state }: Snapshot, eventHash: string): string {
  return createHash('sha256').update([stream, version, schema, eventHash, state].join('\n'), 'utf8').digest('hex')
}
