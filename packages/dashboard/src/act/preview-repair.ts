import { TranchebookError } from '@tranchebook/core'
import type { RepairRequest } from '@tranchebook/manager'
import type { DashboardSource, LiveAccount } from '../source/dashboard-source.js'
import { presentRepair } from '../view/present-repair.js'
import type { ParsedRepair } from './parse-action.js'
import type { Unconfirmed } from './unconfirmed.js'

const NOTHING: Unconfirmed = { orders: [], changes: [], problems: [], repair: null }

/** A repair as the manager is asked for it. */
export function repairRequestOf({ symbol, tranches, timeoutMs }: ParsedRepair): RepairRequest {
  return {
    ...(symbol === null ? {} : { symbols: [symbol] }),
    ...(tranches === null ? {} : { tranches }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  }
}

/** A process that sends nothing can compare, and nothing else. */
function problemIn(live: LiveAccount, { kind }: ParsedRepair): string | null {
  if (kind === 'reconcile' || live.state().mode !== 'observe') return null
  return 'the process observes and sends nothing: start it with mode protect or trade to have this done'
}

/** What a repair would do: the venue is asked, nothing is recorded or sent. */
export async function previewRepair(
  source: DashboardSource,
  live: LiveAccount,
  repair: ParsedRepair,
): Promise<Unconfirmed> {
  const message = problemIn(live, repair)
  if (message !== null) return { ...NOTHING, problems: [{ option: '', message }] }
  try {
    const result = presentRepair(source, await live.repair(repair.kind, { ...repairRequestOf(repair), dryRun: true }))
    const sent = result.steps.filter(({ type }) => type !== 'book')
    return { ...NOTHING, orders: sent.map(({ symbol, message: sentence }) => ({ symbol, sentence })), repair: result }
  } catch (error) {
    if (!(error instanceof TranchebookError)) throw error
    return { ...NOTHING, problems: [{ option: '', message: error.message }] }
  }
}
