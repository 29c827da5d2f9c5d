import type { SwitchAction } from '@tranchebook/dashboard'
import { findOwner } from '../control/find-owner.js'
import type { ExitCode } from '../exit-codes.js'
import { type ActStage, carryOut } from './carry-out.js'

/** Has the process that owns the account switch one symbol, or every one. @throws {CommandFailure} when no process owns the account */
export async function runPositionSwitch(
  action: SwitchAction & { readonly symbol: string | null },
  stage: ActStage,
): Promise<ExitCode> {
  const owner = await findOwner(stage.request, stage.terminal)
  return carryOut(owner, { ...action, account: owner.record.account }, stage)
}
