import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { weighing } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** Orders of one symbol, and how urgent. */
export interface CancelBatchTerms {
  readonly symbol: string
  readonly clientOrderIds: readonly string[]
  readonly priority: RequestPriority
}

/** `DELETE /fapi/v3/batchOrders`: up to ten, each with its own answer. */
export function cancelOrderBatchRequest(
  version: AsterVersion,
  { symbol, clientOrderIds, priority }: CancelBatchTerms,
): ApiRequest {
  const params = paramsOf({ symbol, origClientOrderIdList: JSON.stringify(clientOrderIds) })
  return {
    method: 'DELETE',
    path: pathOf(version, 'batchOrders'),
    params,
    security: 'signed',
    cost: weighing(1),
    priority,
  }
}
