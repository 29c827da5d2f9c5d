import { TranchebookError } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}

function adviceFor(error: Error): string {
  if (error instanceof TranchebookError) return `docs/errors.md says under ${error.code} what to do`
  return 'check that the server is there and that its user may use this database, then run again'
}

/** A failure of the database in three lines. Whatever carries no code is no failure of a database: it is thrown on as it is. */
export function databaseFailure(place: string, error: unknown): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error) || codeOf(error) === null) return error
  return new CommandFailure(
    {
      what: `cannot use ${place}`,
      expected: `expected a database of ours that answers; got: ${error.message}`,
      advice: adviceFor(error),
    },
    { cause: error },
  )
}
