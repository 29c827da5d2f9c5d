import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { assertReaches } from './assert-reaches.js'
import type { Anchor, EventStore, LogEvent } from './event-store.js'
import { parseAnchor } from './parse-anchor.js'
import type { SqlStore } from './sql/sql-store.js'
import { StoreError } from './store-errors.js'

/** What of a store an anchor is kept of. */
export type AnchoredLog = Pick<SqlStore<LogEvent>, 'logHead' | 'read' | 'takeAnchor' | 'raiseEpochs'>

/** Where an anchor is kept, and what happens to a log that does not reach it. */
export interface AnchorTerms {
  /** Outside the database and whatever is restored with it. */
  readonly file: string
  /** Account that this process writes. */
  readonly account: string
  /** Takes a log that does not reach the anchor as it is, for this once: the epoch of the account is raised, and the anchor taken anew. */
  readonly isRestored?: boolean
  /** Between two anchors; a minute by default. What is lost of the last one is not noticed. */
  readonly everyMs?: number
  /** Told why an anchor could not be taken or kept, `store.log.older` among it; the next turn tries again. */
  readonly failed?: (error: unknown) => void
}

/** An anchor that is kept until it is stopped. */
export interface KeptAnchor {
  /**
   * Asks once more whether the log reaches what is kept: after the wait of a standby, in which an older backup may have taken its place.
   *
   * @throws {StoreError} `store.log.older`, `store.log.different`, `store.anchor.unreadable`; errors of the file as they come
   */
  assertReached(): Promise<void>
  /** Keeps the newest anchor, where the log answers, and ends. */
  stop(): Promise<void>
}

const EVERY_MS = 60_000
/** A database that does not answer any more shall not keep a process from ending. */
const STOP_MS = 2000

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** The anchor that a process has kept in a file; `null` = there is none. */
async function readKeptAnchor(file: string): Promise<Anchor | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return null
    throw error
  })
  if (text === null) return null
  const anchor = parseAnchor(text)
  if (anchor !== null) return anchor
  throw new StoreError(
    'store.anchor.unreadable',
    `${file} holds no anchor: verify the log with another anchor that you have, then remove the file`,
    { details: { file } },
  )
}

/**
 * Refuses a log that ends before the head which a process has kept in a file; where there is no file yet, nothing is refused.
 *
 * @throws {StoreError} `store.log.older`, `store.log.different`, `store.anchor.unreadable`; errors of the file as they come
 */
export async function assertKept(log: Pick<EventStore, 'logHead' | 'read'>, file: string): Promise<void> {
  const kept = await readKeptAnchor(file)
  if (kept === null) return
  await assertReaches(log, kept).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error
    const { code, message, details } = error
    throw new StoreError(code, `${message}; ${file} keeps what was seen`, {
      details: { ...details, file },
      cause: error,
    })
  })
}

/** Whole and on the disk, or not at all. */
async function writeKept(file: string, anchor: Anchor): Promise<void> {
  const unfinished = `${file}.unfinished`
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(unfinished, 'w')
  try {
    await handle.writeFile(`${JSON.stringify(anchor)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(unfinished, file)
}

/** The head of the log alone: its hash vouches for its stream, its position for all. */
async function newestAnchor(log: AnchoredLog): Promise<Anchor> {
  const { logId, position, streams } = await log.takeAnchor()
  return { logId, position, streams: streams.filter((head) => head.position === position) }
}

/**
 * Refuses a log that ends before the head which a process has kept in a file, and keeps the newest head there from then on: at
 * the start, every minute, at the stop. Call it before anything is decided on the log. An older backup, a tail that was cut, a
 * standby that lacks the last commits, and another log are found so; where there is no file yet, nothing is.
 *
 * @throws {StoreError} `store.log.older`, `store.log.different`, `store.anchor.unreadable`; errors of the file as they come
 */
export async function keepAnchor(log: AnchoredLog, terms: AnchorTerms): Promise<KeptAnchor> {
  const { file, account, isRestored = false, everyMs = EVERY_MS, failed = () => undefined } = terms
  const keep = async (): Promise<void> => {
    await assertKept(log, file)
    await writeKept(file, await newestAnchor(log))
  }
  await keep().catch(async (error: unknown) => {
    if (!isRestored || !(error instanceof StoreError)) throw error
    await log.raiseEpochs(account)
    await writeKept(file, await newestAnchor(log))
  })
  let last = Promise.resolve()
  const timer = setInterval(() => {
    last = last.then(keep).catch(failed)
  }, everyMs)
  timer.unref()
  return {
    assertReached: async () => assertKept(log, file),
    stop: async () => {
      clearInterval(timer)
      await Promise.race([last.then(keep).catch(failed), setTimeout(STOP_MS, undefined, { ref: false })])
    },
  }
}
