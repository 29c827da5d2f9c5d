import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { weighing } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** Which order, and how urgent. */
export interface CancelTerms {
  readonly symbol: string
  readonly origClientOrderId: string
  readonly priority: RequestPriority
}

/** `DELETE /fapi/v3/order` */
export function cancelOrderRequest(
  version: AsterVersion,
  { symbol, origClientOrderId, priority }: CancelTerms,
): ApiRequest {
  const params = paramsOf({ symbol, origClientOrderId })
  return { method: 'DELETE', path: pathOf(version, 'order'), params, security: 'signed', cost: weighing(1), priority }
}
