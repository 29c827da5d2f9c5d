import { type ModifyOrderTerms, modifyParams } from '../../fapi/wire/modify-order-terms.js'
import type { ApiRequest } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** `PUT /fapi/v3/order`: quantity and price are both mandatory. */
export function modifyOrderRequest(
  version: AsterVersion,
  terms: ModifyOrderTerms,
  priority: RequestPriority,
): ApiRequest {
  const params = modifyParams(terms)
  return { method: 'PUT', path: pathOf(version, 'order'), params, security: 'signed', cost: ONE_ORDER, priority }
}
