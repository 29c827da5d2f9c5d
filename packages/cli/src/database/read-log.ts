import type { BookEvent } from '@tranchebook/core'
import type { Advance, SqlStore } from '@tranchebook/store'
import { startProgress } from '../format/progress.js'
import type { Terminal } from '../terminal.js'

/** A work that reads a whole log, and what it counts. */
export interface LogReading<Result> {
  /** Such as `events read`. */
  readonly what: string
  readonly read: (advance: Advance) => Promise<Result>
}

/** `null` where the log is too broken to say: what reads it will tell more. */
async function lengthOf(store: SqlStore<BookEvent>): Promise<number | null> {
  return store.logHead().then(
    ({ position }) => position,
    () => null,
  )
}

/** Reads the whole log of an open store, and shows how far it is. */
export async function readLog<Result>(
  store: SqlStore<BookEvent>,
  terminal: Terminal,
  { what, read }: LogReading<Result>,
): Promise<Result> {
  const total = await lengthOf(store)
  const progress = startProgress(terminal, { what, total })
  try {
    return await read((events) => {
      progress.advance(events)
    })
  } finally {
    progress.end()
  }
}
