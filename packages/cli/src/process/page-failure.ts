import { DashboardError } from '@tranchebook/dashboard'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import { seeErrors } from '../format/see-errors.js'

/** Why there is no page, in three lines; what is no failure of a page is thrown on as it is. */
export function pageFailure(error: unknown): unknown {
  if (!(error instanceof DashboardError)) return error
  return new CommandFailure(
    { what: 'there is no page', expected: error.message, advice: seeErrors(error) },
    { exitCode: EXIT.refused, cause: error },
  )
}
