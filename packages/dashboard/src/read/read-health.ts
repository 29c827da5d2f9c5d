import type { Recovery } from '@tranchebook/manager'
import type { HealthDetail, RecoveryView } from '../api/health-detail.js'
import { VERSION } from '../version.js'
import { readAccount } from './read-account.js'
import type { ReadContext } from './read-context.js'
import { presentComparison } from './read-reconciliation.js'

/** What only the server itself knows. */
export interface ServerFacts {
  readonly startedTime: number
  readonly viewers: number
}

function presentRecovery(recovery: Recovery | null): RecoveryView | null {
  if (recovery === null) return null
  return { ...recovery, comparison: presentComparison(recovery.comparison) }
}

/** Everything about the machinery. */
export async function readHealth(context: ReadContext, facts: ServerFacts): Promise<HealthDetail> {
  const account = await readAccount(context)
  const { live } = context.source
  const state = live?.state() ?? null
  return {
    health: account.health,
    account,
    metrics: live?.metrics() ?? {},
    store: { logId: account.logId, position: account.position },
    versions: { tranchebook: VERSION, node: process.versions.node },
    ...facts,
    lastComparison: presentComparison(state?.lastReconcile ?? null),
    budget: state?.budget ?? null,
    recovery: presentRecovery(state?.recovery ?? null),
  }
}
