import type { HealthDetail } from '../api/health-detail.js'
import { VERSION } from '../version.js'
import { readAccount } from './read-account.js'
import type { ReadContext } from './read-context.js'
import { presentComparison } from './read-reconciliation.js'

/** What only the server itself knows. */
export interface ServerFacts {
  readonly startedTime: number
  readonly viewers: number
}

/** Everything about the machinery. */
export async function readHealth(context: ReadContext, facts: ServerFacts): Promise<HealthDetail> {
  const account = await readAccount(context)
  const { live } = context.source
  return {
    health: account.health,
    account,
    metrics: live?.metrics() ?? {},
    store: { logId: account.logId, position: account.position },
    versions: { tranchebook: VERSION, node: process.versions.node },
    ...facts,
    lastComparison: presentComparison(live?.state().lastReconcile ?? null),
  }
}
