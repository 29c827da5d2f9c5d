import { DashboardError } from '@tranchebook/dashboard'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'

/** Why there is no page, in three lines; what is no failure of a page is thrown on as it is. */
export function pageFailure(error: unknown): unknown {
  if (!(error instanceof DashboardError)) return error
  const advice = `docs/errors.md says under ${error.code} what to do`
  return new CommandFailure(
    { what: 'there is no page', expected: error.message, advice },
    { exitCode: EXIT.refused, cause: error },
  )
}
