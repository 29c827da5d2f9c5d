import { type ApiRequest, paramsOf } from '../../transport/api-request.js'
import type { RequestPriority } from '../../transport/rate-budget.js'
import { ONE_ORDER } from '../limits.js'

/** Parameters of a conditional order. */
export interface NewAlgoOrderTerms {
  readonly symbol: string
  readonly side: string
  readonly positionSide: string
  readonly type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'
  /** `null` with `closePosition`. */
  readonly quantity: string | null
  /** For all but trailing stops. It is not called stopPrice here: that name would be taken, and the order never fire. */
  readonly triggerPrice: string | null
  readonly workingType: string
  /** `null` when the order has a quantity. */
  readonly closePosition: true | null
  /** `null` in hedge mode and with `closePosition`, where it must not be sent. */
  readonly reduceOnly: boolean | null
  /** For trailing stops; `null` = from the price now. */
  readonly activatePrice: string | null
  /** Percent, for trailing stops. */
  readonly callbackRate: string | null
  readonly clientAlgoId: string
}

/** `POST /fapi/v1/algoOrder` */
export function newAlgoOrderRequest(terms: NewAlgoOrderTerms, priority: RequestPriority): ApiRequest {
  const { symbol, side, positionSide, type, quantity, triggerPrice, workingType, closePosition } = terms
  const { reduceOnly, activatePrice, callbackRate, clientAlgoId } = terms
  const params = paramsOf({
    algoType: 'CONDITIONAL',
    symbol,
    side,
    positionSide,
    type,
    quantity,
    triggerPrice,
    workingType,
    closePosition,
    reduceOnly,
    activatePrice,
    callbackRate,
    clientAlgoId,
    newOrderRespType: 'ACK',
    selfTradePreventionMode: 'EXPIRE_MAKER',
  })
  return { method: 'POST', path: '/fapi/v1/algoOrder', params, security: 'signed', cost: ONE_ORDER, priority }
}
