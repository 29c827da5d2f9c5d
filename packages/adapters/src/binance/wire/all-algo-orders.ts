import { type ApiRequest, paramsOf, readRequest } from '../../transport/api-request.js'

export { parseAlgoOrders } from './open-algo-orders.js'

/** `GET /fapi/v1/allAlgoOrders`: terminal ones too, at most 7 days from `startTime` on. */
export function allAlgoOrdersRequest(symbol: string, startTime: number): ApiRequest {
  return readRequest({
    path: '/fapi/v1/allAlgoOrders',
    weight: 5,
    params: paramsOf({ symbol, startTime, limit: 1000 }),
  })
}
