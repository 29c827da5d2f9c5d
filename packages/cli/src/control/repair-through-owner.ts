import type { RepairAction } from '@tranchebook/dashboard/api'
import type { RepairResult } from '@tranchebook/manager'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import type { Stakes } from '../process/open-venue.js'
import type { AccountOwner } from './account-owner.js'
import { actorName } from './actor-name.js'

/** What the process that owns an account is asked to mend. */
export interface AskedRepair {
  readonly action: RepairAction
  /** `null` = every book. */
  readonly symbol: string | null
  readonly dryRun: boolean
  /** What the command line says is at stake; `null` = it says nothing. */
  readonly stakes: Stakes | null
}

/** What was said to be real money must not be play money, nor the other way round. */
async function assertStakes(owner: AccountOwner, stakes: Stakes | null): Promise<void> {
  const { badge } = await owner.state()
  if (stakes === null || badge === stakes) return
  throw new CommandFailure(
    {
      what: `the process ${owner.record.pid} owns the account with other stakes`,
      expected: `expected one that runs ${stakes}, as the configuration and the command line say; got ${badge}`,
      advice: 'say --live or --demo as it was started with, or name its directory alone: --directory DIR',
    },
    { exitCode: EXIT.refused },
  )
}

function failure({ pid }: AccountOwner['record'], command: string, messages: readonly string[]): CommandFailure {
  return new CommandFailure(
    {
      what: `the process ${pid} could not do it: ${command}`,
      expected: messages.join('; '),
      advice: 'look at its health page and its log, then ask again',
    },
    { exitCode: EXIT.refused },
  )
}

/**
 * Has the process that owns an account repair it, or say what it would do.
 *
 * @throws {CommandFailure} where it runs with other stakes, cannot do it, or does not answer
 */
export async function repairThroughOwner(owner: AccountOwner, asked: AskedRepair): Promise<RepairResult> {
  const { record } = owner
  const { symbol, dryRun, stakes } = asked
  await assertStakes(owner, stakes)
  const action = { ...asked.action, account: record.account, symbol }
  const { confirmation, problems, repair: planned } = await owner.preview(action)
  if (confirmation === null || planned === null) {
    const messages = problems.map(({ message }) => message)
    throw failure(record, action.command, messages)
  }
  if (dryRun) return planned
  const { repair, results } = await owner.act({ action, actor: actorName(), confirmation })
  if (repair !== null) return repair
  const messages = results.map((result) => `${result.symbol}: ${result.message ?? 'without a reason'}`)
  throw failure(record, action.command, [...new Set(messages)])
}
