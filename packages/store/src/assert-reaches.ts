import type { Anchor, EventStore, StreamHead } from './event-store.js'
import { StoreError } from './store-errors.js'

type Log = Pick<EventStore, 'logHead' | 'read'>

function older(what: string, found: number, anchored: number): StoreError {
  return new StoreError(
    'store.log.older',
    `${what} ends at ${found}, it was seen at ${anchored} before: an older backup was restored or the end was lost; do not trade on it, docs/recovery.md says under _A log that was restored_ what to do`,
    { details: { what, found, anchored } },
  )
}

function different(what: string, found: string, anchored: string): StoreError {
  return new StoreError(
    'store.log.different',
    `${what} is ${found}, it was ${anchored} before: this is another log, or its past was changed; run verify`,
    { details: { what, found, anchored } },
  )
}

/** What was seen up to a position is still there. @throws {StoreError} `store.log.older` */
export async function assertPositionReached(log: Pick<Log, 'logHead'>, seen: number): Promise<void> {
  const { position } = await log.logHead()
  if (position < seen) throw older('the log', position, seen)
}

async function assertStreamReaches(log: Log, { stream, version, hash }: StreamHead): Promise<void> {
  for await (const event of log.read(stream, { after: version - 1, until: version })) {
    if (event.hash !== hash) throw different(`the hash of ${stream} at version ${version}`, event.hash, hash)
    return
  }
  throw older(stream, version - 1, version)
}

/**
 * The quick check at a start: this log is the one the anchor was taken of, it goes at least as far, and the anchored events
 * are what they were. `verify` with the anchor looks at everything else.
 *
 * @throws {StoreError} `store.log.older`, `store.log.different`
 */
export async function assertReaches(log: Log, anchor: Anchor): Promise<void> {
  const { logId, position } = await log.logHead()
  if (logId !== anchor.logId) throw different('the id of the log', logId, anchor.logId)
  if (position < anchor.position) throw older('the log', position, anchor.position)
  for (const head of anchor.streams) await assertStreamReaches(log, head)
}
