import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { weighing } from '../limits.js'

/** Exactly one of the two ids is sent. */
export type OrderId = { readonly orderId: string } | { readonly origClientOrderId: string }

/** `DELETE /fapi/v1/order` */
export function cancelOrderRequest(symbol: string, order: OrderId, priority: RequestPriority): ApiRequest {
  const params = paramsOf({ symbol, ...order })
  return { method: 'DELETE', path: '/fapi/v1/order', params, security: 'signed', cost: weighing(1), priority }
}
