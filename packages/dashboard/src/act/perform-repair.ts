import type { RepairResult, RepairStep } from '@tranchebook/manager'
import type { ActionAnswer, ActionResult } from '../api/action.js'
import type { DashboardSource, LiveAccount } from '../source/dashboard-source.js'
import { presentRepair } from '../view/present-repair.js'
import { symbolsOf } from './action-targets.js'
import type { ParsedRepair } from './parse-action.js'
import { failureIn } from './failure-in.js'
import { repairRequestOf } from './preview-repair.js'

function resultIn(symbol: string, steps: readonly RepairStep[]): ActionResult {
  const own = steps.filter((step) => step.symbol === symbol)
  const events = own.map(({ event }) => event)
  return {
    symbol,
    accepted: true,
    code: null,
    message: null,
    orders: events.flatMap((event) => (event.type === 'OrderIntended' ? [event.clientOrderId] : [])),
    events,
    sentences: own.map(({ message }) => message),
  }
}

/** Books that anything was done in; the one that was named in any case. */
function answerOf({ symbol }: ParsedRepair, repair: RepairResult): ActionAnswer {
  const touched = new Set([...(symbol === null ? [] : [symbol]), ...repair.steps.map((step) => step.symbol)])
  return { accepted: true, results: [...touched].map((one) => resultIn(one, repair.steps)), repair }
}

/** A repair that was confirmed, and who asks. */
export interface AskedRepair {
  readonly action: ParsedRepair
  readonly actor: string
}

/** Repairs, and settles when the outcome is known or time is up. */
export async function performRepair(
  source: DashboardSource,
  live: LiveAccount,
  asked: AskedRepair,
): Promise<ActionAnswer> {
  const { action: repair, actor } = asked
  try {
    const result = await live.repair(repair.kind, { ...repairRequestOf(repair), actor })
    return answerOf(repair, presentRepair(source, result))
  } catch (error) {
    return { accepted: false, results: symbolsOf(live, repair).map((symbol) => failureIn(symbol, error)), repair: null }
  }
}
