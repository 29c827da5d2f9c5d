import type { OrderRequest } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { type BatchRule, groupBatches, inOrderOf, sendBatches } from './batches.js'
import { problemOf } from './check-request.js'
import { invalid } from './write-outcome.js'
import { priorityOf } from './write-session.js'

/** How a venue takes several orders. */
export interface SubmitRule extends BatchRule<OrderRequest> {
  readonly send: (batch: readonly OrderRequest[]) => Promise<readonly WriteResult[]>
}

/** Sends what can be sent, in batches of one priority; what no venue could take stays here. Results in the order of the requests. */
export async function submitSound(
  requests: readonly OrderRequest[],
  { most, fits, send }: SubmitRule,
): Promise<readonly WriteResult[]> {
  const problems = new Map<OrderRequest, WriteResult>()
  for (const request of requests) {
    const problem = problemOf(request)
    if (problem !== null) problems.set(request, invalid(problem))
  }
  const sound = requests.filter((request) => !problems.has(request))
  const batches = groupBatches(sound, {
    most,
    fits: (one, other) => priorityOf(one) === priorityOf(other) && fits(one, other),
  })
  return inOrderOf(requests, new Map([...problems, ...(await sendBatches(batches, send))]))
}
