import { explainEvent } from '@tranchebook/core'
import type { RepairResult } from '@tranchebook/manager'
import type { DashboardSource } from '../source/dashboard-source.js'
import { precisionOf } from './looking.js'

/** A repair whose steps are told in the precision of their instruments. */
export function presentRepair(source: DashboardSource, repair: RepairResult): RepairResult {
  const { account } = repair
  const steps = repair.steps.map((step) => {
    const { instrument } = source.circumstancesOf({ account, symbol: step.symbol })
    return { ...step, message: explainEvent(step.event, precisionOf(instrument)) }
  })
  return { ...repair, steps }
}
