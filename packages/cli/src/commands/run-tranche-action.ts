import type { Action } from '@tranchebook/dashboard'
import { findOwner } from '../control/find-owner.js'
import { chooseOpenTranches, type ChosenTranches } from '../control/open-tranches.js'
import type { ExitCode } from '../exit-codes.js'
import { type ActStage, carryOut } from './carry-out.js'

/** Which tranches, and what shall become of them. */
export interface TrancheAction {
  readonly tranches: readonly string[]
  readonly actionOn: (chosen: ChosenTranches) => Action
}

/**
 * Has the process that owns the account do something with open tranches, or says what it would do.
 *
 * @throws {CommandFailure} when no process owns the account, or a tranche is not there
 */
export async function runTrancheAction({ tranches, actionOn }: TrancheAction, stage: ActStage): Promise<ExitCode> {
  const owner = await findOwner(stage.request, stage.terminal)
  return carryOut(owner, actionOn(await chooseOpenTranches(owner, tranches, stage.request)), stage)
}
