import { TranchebookError } from '@tranchebook/core'
import { CommandFailure, type FailureLines } from '../command-failure.js'
import { seeErrors } from '../format/see-errors.js'

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

function adviceFor(error: Error): string {
  if (error instanceof TranchebookError) return seeErrors(error)
  return 'check that the server is there and that its user may use this database, then run again'
}

/** Failures that are answers of a database that works. */
function answerOf(error: TranchebookError): FailureLines | null {
  if (error.code !== 'store.archive.refused') return null
  const expected = `expected events that a restart does not need any more; got: ${error.message}`
  return { what: 'nothing was archived', expected, advice: seeErrors(error) }
}

/** A log of which an event cannot be read. */
export function unreadableLog(error: Error): CommandFailure {
  return new CommandFailure(
    {
      what: 'the log cannot be read to its end',
      expected: `expected events that this program knows; got: ${error.message}`,
      advice: 'tranchebook db verify tells whether it was changed, or recorded by a newer program',
    },
    { cause: error },
  )
}

/** Whether an event that a store keeps cannot be read. */
export function isUnreadableEvent(error: unknown): error is TranchebookError {
  return error instanceof TranchebookError && error.code === 'store.event.unreadable'
}

/** A failure of the database in three lines. Whatever carries no code is no failure of a database: it is thrown on as it is. */
export function databaseFailure(place: string, error: unknown): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error) || codeOf(error) === null) return error
  if (isUnreadableEvent(error)) return unreadableLog(error)
  const answer = error instanceof TranchebookError ? answerOf(error) : null
  if (answer !== null) return new CommandFailure(answer, { cause: error })
  return new CommandFailure(
    {
      what: `cannot use ${place}`,
      expected: `expected a database of ours that answers; got: ${error.message}`,
      advice: adviceFor(error),
    },
    { cause: error },
  )
}
