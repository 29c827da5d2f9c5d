import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'

export { parseAlgoOrders } from './open-algo-orders.js'

/** Rows of one page. */
export const ALGO_ORDERS_PAGE = 1000

/** `GET /fapi/v1/allAlgoOrders`: terminal ones too, at most 7 days from `startTime` to `endTime`. */
export function allAlgoOrdersRequest(symbol: string, startTime: number, endTime: number): ApiRequest {
  return readRequest({
    path: '/fapi/v1/allAlgoOrders',
    weight: 5,
    params: paramsOf({ symbol, startTime, endTime, limit: ALGO_ORDERS_PAGE }),
  })
}
