import type { ModifyOrderTerms } from '../../binance/wire/modify-order.js'
import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** `PUT /fapi/v3/order`: quantity and price are both mandatory. */
export function modifyOrderRequest(
  version: AsterVersion,
  terms: ModifyOrderTerms,
  priority: RequestPriority,
): ApiRequest {
  const { symbol, side, quantity, price, origClientOrderId } = terms
  const params = paramsOf({ origClientOrderId, symbol, side, quantity, price })
  return { method: 'PUT', path: pathOf(version, 'order'), params, security: 'signed', cost: ONE_ORDER, priority }
}
