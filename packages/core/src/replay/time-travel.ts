import { emptyBook, type TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import { InputError } from '../errors.js'
import { copyBook } from '../evolve/copy-book.js'
import { applyEvent } from '../evolve/evolve.js'
import { type Change, differenceBetween } from './difference.js'
import { identityOf, replay } from './replay-events.js'

function assertVersion(events: readonly BookEvent[], version: number): void {
  if (Number.isSafeInteger(version) && version >= 0 && version <= events.length) return
  throw new InputError(
    'log.version-out-of-range',
    `expected a version from 0 (nothing happened yet) to ${events.length} (all of this log), got ${version}`,
    { details: { version, newest: events.length } },
  )
}

function nearest(snapshots: readonly TrancheBook[], version: number): TrancheBook | null {
  let found: TrancheBook | null = null
  for (const snapshot of snapshots)
    if (snapshot.version <= version && (found === null || snapshot.version > found.version)) found = snapshot
  return found
}

/**
 * The book as it was after its first `version` events. `events` is the log from its beginning; snapshots of the same book, where
 * there are some, save folding what came before them. They are left as they are.
 *
 * @throws {InputError} `log.version-out-of-range` {@link InvariantError} `log.no-beginning`
 */
export function bookAt(
  events: readonly BookEvent[],
  version: number,
  snapshots: readonly TrancheBook[] = [],
): TrancheBook {
  assertVersion(events, version)
  const start = nearest(snapshots, version) ?? emptyBook(identityOf(events[0]))
  return replay(events.slice(start.version, version), start)
}

/** A log that can be looked at as of any version, quickly enough for a slider. */
export interface Timeline {
  /** Newest version. */
  readonly length: number
  /** The book after so many events; the caller's own copy. @throws {InputError} `log.version-out-of-range` */
  bookAt(version: number): TrancheBook
  /** The event that makes a version, from 1. @throws {InputError} `log.version-out-of-range` */
  eventAt(version: number): BookEvent
  /** What became different from one version to another, by default the next. @throws {InputError} `log.version-out-of-range` */
  changes(from: number, to?: number): readonly Change[]
}

const STRIDE = 256

/** Folds a log once and keeps a copy of the book every `stride` events: any version is then at most `stride` events away. */
export function openTimeline(events: readonly BookEvent[], stride = STRIDE): Timeline {
  const snapshots: TrancheBook[] = []
  const book = emptyBook(identityOf(events[0]))
  for (const event of events) {
    applyEvent(book, event)
    if (book.version % stride === 0) snapshots.push(copyBook(book))
  }
  const at = (version: number): TrancheBook => bookAt(events, version, snapshots)

  return {
    length: events.length,
    bookAt: at,
    eventAt(version) {
      assertVersion(events, version)
      const event = events[version - 1]
      if (event !== undefined) return event
      throw new InputError(
        'log.version-out-of-range',
        `expected a version from 1 to ${events.length}: nothing makes version ${version}`,
      )
    },
    changes: (from, to = from + 1) => differenceBetween(at(from), at(to)),
  }
}
