import { TranchebookError } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'

/** Why an account cannot be run, in three lines. What nobody foresaw is thrown on as it is. */
export function startFailure(account: string, error: unknown): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error)) return error
  if (!(error instanceof TranchebookError) && !('code' in error)) return error
  const advice =
    error instanceof TranchebookError
      ? `docs/errors.md says under ${error.code} what to do; tranchebook doctor looks at keys, clock and venue`
      : 'check that what the message names is there and may be used, then run again'
  return new CommandFailure(
    { what: `${account} cannot be run`, expected: error.message, advice },
    { exitCode: EXIT.refused, cause: error },
  )
}
