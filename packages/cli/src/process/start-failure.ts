import { TranchebookError } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import { seeErrors } from '../format/see-errors.js'
import type { Stakes } from './open-venue.js'

const LOOKS = {
  atVenue: 'tranchebook doctor looks at keys, clock and venue',
  onPaper: "on paper only the venue's public prices are asked for: see whether this machine reaches them",
} as const

/** Why an account cannot be run, in three lines. What nobody foresaw is thrown on as it is. */
export function startFailure(account: string, error: unknown, stakes: Stakes): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error)) return error
  if (!(error instanceof TranchebookError) && !('code' in error)) return error
  const advice =
    error instanceof TranchebookError
      ? `${seeErrors(error)}; ${LOOKS[stakes === 'PAPER' ? 'onPaper' : 'atVenue']}`
      : 'check that what the message names is there and may be used, then run again'
  return new CommandFailure(
    { what: `${account} cannot be run`, expected: error.message, advice },
    { exitCode: EXIT.refused, cause: error },
  )
}
