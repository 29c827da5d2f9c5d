import { type Params, paramsOf } from '../../transport/api-request.js'

/** New price and quantity of a resting LIMIT order; both are mandatory. */
export interface ModifyOrderTerms {
  readonly symbol: string
  readonly side: string
  readonly quantity: string
  readonly price: string
  readonly origClientOrderId: string
}

/** The terms as the venues take them. */
export function modifyParams({ symbol, side, quantity, price, origClientOrderId }: ModifyOrderTerms): Params {
  return paramsOf({ origClientOrderId, symbol, side, quantity, price })
}
