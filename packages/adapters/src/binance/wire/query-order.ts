import { parseOrderRow } from '../../fapi/wire/order-row.js'
import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'
import type { OrderId } from './cancel-order.js'

export { parseOrderRow }

/** `GET /fapi/v1/order`: also terminal orders, for some days. Does not see algo orders. */
export function queryOrderRequest(symbol: string, order: OrderId): ApiRequest {
  return readRequest({ path: '/fapi/v1/order', weight: 1, params: paramsOf({ symbol, ...order }) })
}
