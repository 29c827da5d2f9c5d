import { type ModifyOrderTerms, modifyParams } from '../../fapi/wire/modify-order-terms.js'
import type { ApiRequest } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'

/** `PUT /fapi/v1/order` */
export function modifyOrderRequest(terms: ModifyOrderTerms, priority: RequestPriority): ApiRequest {
  const params = modifyParams(terms)
  return { method: 'PUT', path: '/fapi/v1/order', params, security: 'signed', cost: ONE_ORDER, priority }
}
