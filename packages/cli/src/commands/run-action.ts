import type { BookAction, SwitchAction } from '@tranchebook/dashboard'
import { findOwner } from '../control/find-owner.js'
import type { ExitCode } from '../exit-codes.js'
import { type ActStage, carryOut } from './carry-out.js'

/** What is asked of one symbol, or of every one. */
export type SymbolAction =
  | (BookAction & { readonly symbol: string })
  | (SwitchAction & {
      /** `null` = every one. */
      readonly symbol: string | null
    })

/** Has the process that owns the account do something with a symbol. @throws {CommandFailure} when no process owns the account */
export async function runAction(action: SymbolAction, stage: ActStage): Promise<ExitCode> {
  const owner = await findOwner(stage.request, stage.terminal)
  return carryOut(owner, { ...action, account: owner.record.account }, stage)
}
