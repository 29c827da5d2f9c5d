import type { Anchor, EventStore, StreamHead } from './event-store.js'
import { RESTORED_PAGE, StoreError } from './store-errors.js'

type Log = Pick<EventStore, 'logHead' | 'read'>

const WAY_ON = `${RESTORED_PAGE} says what to do`

function older(what: string, found: number, anchored: number): StoreError {
  return new StoreError(
    'store.log.older',
    `${what} ends at ${found}, it was seen at ${anchored} before: an older backup was restored or the end was lost; do not trade on it, ${WAY_ON}`,
    { details: { what, found, anchored } },
  )
}

/** What is another one than it was. */
interface Difference {
  readonly what: string
  readonly found: string
  readonly anchored: string
}

function different(why: string, { what, found, anchored }: Difference): StoreError {
  return new StoreError('store.log.different', `${what} is ${found}, it was ${anchored} before: ${why}; ${WAY_ON}`, {
    details: { what, found, anchored },
  })
}

/** What was seen up to a position is still there. @throws {StoreError} `store.log.older` */
export async function assertPositionReached(log: Pick<Log, 'logHead'>, seen: number): Promise<void> {
  const { position } = await log.logHead()
  if (position < seen) throw older('the log', position, seen)
}

async function assertStreamReaches(log: Log, { stream, version, hash }: StreamHead): Promise<void> {
  for await (const event of log.read(stream, { after: version - 1, until: version })) {
    if (event.hash === hash) return
    const what = `the hash of ${stream} at version ${version}`
    const why = 'its past was changed, or it was restored and written on since'
    throw different(why, { what, found: event.hash, anchored: hash })
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
  if (logId !== anchor.logId) {
    const why = 'this is another database, or a new one in place of one that was deleted or moved'
    throw different(why, { what: 'the id of the log', found: logId, anchored: anchor.logId })
  }
  if (position < anchor.position) throw older('the log', position, anchor.position)
  for (const head of anchor.streams) await assertStreamReaches(log, head)
}
