import type { OrderType } from '@tranchebook/core'
import { type ApiRequest, type Params, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'
import { type AsterVersion, pathOf } from './api-version.js'

/** Parameters of any order: conditional orders go the same way as all others. */
export interface NewOrderTerms {
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly type: OrderType
  readonly timeInForce: string | null
  readonly quantity: string | null
  /** `null` in hedge mode and with `closePosition`, where it must not be sent. */
  readonly reduceOnly: boolean | null
  readonly price: string | null
  readonly newClientOrderId: string
  /** For all conditional orders but trailing stops. */
  readonly stopPrice: string | null
  readonly closePosition: true | null
  /** For trailing stops; `null` = from the price now. */
  readonly activationPrice: string | null
  /** Percent, for trailing stops. */
  readonly callbackRate: string | null
  /** For conditional orders. */
  readonly workingType: string | null
}

/** The parameters in the order of the documents. */
export function newOrderParams(terms: NewOrderTerms): Params {
  const { symbol, side, positionSide, type, timeInForce, quantity, reduceOnly, price, newClientOrderId } = terms
  const { stopPrice, closePosition, activationPrice, callbackRate, workingType } = terms
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
    stopPrice,
    closePosition,
    activationPrice,
    callbackRate,
    workingType,
    newOrderRespType: 'ACK',
  })
}

/** `POST /fapi/v3/order` */
export function newOrderRequest(version: AsterVersion, terms: NewOrderTerms, priority: RequestPriority): ApiRequest {
  const params = newOrderParams(terms)
  return { method: 'POST', path: pathOf(version, 'order'), params, security: 'signed', cost: ONE_ORDER, priority }
}
