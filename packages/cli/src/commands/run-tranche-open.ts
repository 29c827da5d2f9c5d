import type { EntryRequest } from '../control/action-request.js'
import { findOwner } from '../control/find-owner.js'
import type { ExitCode } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { carryOut } from './carry-out.js'

/** Has the process that owns the account send an entry of a new tranche. @throws {CommandFailure} when no process owns the account */
export async function runTrancheOpen(symbol: string, request: EntryRequest, terminal: Terminal): Promise<ExitCode> {
  const { side, quantity, price = null, label = null } = request
  const owner = await findOwner(request, terminal)
  const { account } = owner.record
  return carryOut(
    owner,
    { command: 'openTranche', account, symbol, side, quantity, price, label },
    { request, terminal },
  )
}
