import type { BookEvent, Input, TrancheBook } from '@tranchebook/core'
import type { CommandFailure } from '../command-failure.js'

/** Inputs to decide, each with the number of the line it came from. */
export interface RecordedInputs {
  readonly type: 'inputs'
  readonly inputs: readonly Input[]
  readonly lines: readonly number[]
}

/** A book folded from its log. */
export interface RecordedBook {
  readonly book: TrancheBook
  readonly events: readonly BookEvent[]
}

/** A book whose log does not fold, or cannot be read, to its end: what is before that is not how it stands. */
export interface BrokenBook {
  readonly stream: string
  readonly failure: CommandFailure
}

/** The logs of books, folded as they were decided then. */
export interface RecordedLog {
  readonly type: 'log'
  readonly books: readonly RecordedBook[]
  readonly broken: readonly BrokenBook[]
}

export type Recording = RecordedInputs | RecordedLog

/** What a reader does with the lines of a recording. */
export interface LineReader {
  /** Takes a line as JSON; the answer says what is wrong with it, `null` = nothing. */
  take(value: unknown, line: number): string | null
  finish(): Recording
}
