import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import { weighing } from '../limits.js'
import type { CancelTerms } from './cancel-order.js'

/**
 * `DELETE /fapi/v3/guardedCancelOrder`: signed with the nonce the order was sent with instead of a new one, so that an order which has
 * not landed yet is killed too.
 */
export function guardedCancelRequest(
  { symbol, origClientOrderId, priority }: CancelTerms,
  orderNonce: string,
): ApiRequest {
  const params = paramsOf({ symbol, origClientOrderId, nonce: orderNonce })
  return {
    method: 'DELETE',
    path: '/fapi/v3/guardedCancelOrder',
    params,
    security: 'signed',
    cost: weighing(1),
    priority,
  }
}
