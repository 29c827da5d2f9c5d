import { type ApiRequest, type Params, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'

/** Parameters of a LIMIT or MARKET order. The venue takes no other kind here (-4120). */
export interface NewOrderTerms {
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly type: 'LIMIT' | 'MARKET'
  readonly quantity: string
  readonly price: string | null
  readonly timeInForce: string | null
  /** `null` in hedge mode, where it must not be sent. */
  readonly reduceOnly: boolean | null
  readonly newClientOrderId: string
}

/** Sent with every order: its default differs between single orders and batches. */
const SELF_TRADE_PREVENTION = 'EXPIRE_MAKER'

/** The parameters in the order of the documents. */
export function newOrderParams(terms: NewOrderTerms): Params {
  const { symbol, side, positionSide, type, timeInForce, quantity, reduceOnly, price, newClientOrderId } = terms
  return paramsOf({
    symbol,
    side,
    positionSide,
    type,
    timeInForce,
    quantity,
    reduceOnly,
    price,
    newClientOrderId,
    newOrderRespType: 'ACK',
    selfTradePreventionMode: SELF_TRADE_PREVENTION,
  })
}

/** `POST /fapi/v1/order` */
export function newOrderRequest(terms: NewOrderTerms, priority: RequestPriority): ApiRequest {
  return {
    method: 'POST',
    path: '/fapi/v1/order',
    params: newOrderParams(terms),
    security: 'signed',
    cost: ONE_ORDER,
    priority,
  }
}
