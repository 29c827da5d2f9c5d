import type { DecimalText, OrderTerms, OrderType, WorkingType } from '@tranchebook/core'

/** The part of an intended order that a venue has to know. An `OrderIntended` event fits as it is. */
export type VenueOrderTerms = Pick<
  OrderTerms,
  | 'clientOrderId'
  | 'purpose'
  | 'orderType'
  | 'orderSide'
  | 'positionSide'
  | 'quantity'
  | 'price'
  | 'triggerPrice'
  | 'reduceOnly'
  | 'closePosition'
>

/** How long a LIMIT order stays: `GTX` = only as maker. */
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX'

/** One order to submit. Prices and quantities are final: no adapter rounds. */
export interface OrderRequest {
  readonly symbol: string
  readonly terms: VenueOrderTerms
  /** Which price triggers a conditional order. */
  readonly workingType: WorkingType
  /** For LIMIT orders; GTC where absent. */
  readonly timeInForce?: TimeInForce
  /** Percent that a trailing stop follows at; its `triggerPrice` is the activation price. */
  readonly callbackPercent?: DecimalText
}

/** Names an order of ours that may rest at the venue. */
export interface OrderRef {
  readonly symbol: string
  readonly clientOrderId: string
  readonly orderType: OrderType
  /** Why it is cancelled sooner or later: protection spends the reserved budget. */
  readonly isProtection: boolean
  readonly venueOrderId: string | null
  /** What a triggered conditional order became, where known. */
  readonly childOrderId: string | null
}

/** New price and quantity of a resting LIMIT order; both are always named. */
export interface OrderChange {
  readonly order: OrderRef
  readonly orderSide: OrderTerms['orderSide']
  readonly positionSide: OrderTerms['positionSide']
  readonly price: DecimalText
  /** Whole quantity of the order, filled part included. */
  readonly quantity: DecimalText
}

/** Whether orders of this type wait for a trigger. */
export function isConditional(orderType: OrderType): boolean {
  return orderType !== 'LIMIT' && orderType !== 'MARKET'
}
