import type {
  Allocation,
  DecimalText,
  OrderPurpose,
  OrderSide,
  OrderState,
  OrderType,
  PositionSide,
  Side,
} from '@tranchebook/core'

/** What is fixed about an order. Decimals are text. */
export interface OrderTermsView {
  readonly clientOrderId: string
  readonly purpose: OrderPurpose
  readonly orderType: OrderType
  readonly side: Side
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  /** Base; `null` = closes the whole position. */
  readonly quantity: DecimalText | null
  readonly price: DecimalText | null
  readonly triggerPrice: DecimalText | null
  readonly reduceOnly: boolean
  /** Whose quantity it closes. */
  readonly allocation: readonly { readonly tranche: Allocation['tranche']; readonly quantity: DecimalText }[]
  /** Take-profit level, 1-based. */
  readonly level: number | null
  readonly reason: string
  readonly intendedTime: number
}

/** An order that has not ended. */
export interface WorkingOrderView extends OrderTermsView {
  readonly state: OrderState
  readonly filled: DecimalText
  readonly venueOrderId: string | null
}

/** How an order ended; `open` = it has not. */
export type OrderOutcome =
  'open' | 'unknown' | 'refused' | 'filled' | 'cancelled' | 'expired' | 'absent' | 'partlyFilled'

/** Something that became of an order. */
export interface OrderStep {
  readonly version: number
  readonly time: number
  readonly sentence: string
  readonly why: string | null
}

/** A fill of an order. */
export interface OrderFill {
  readonly tradeId: string
  readonly time: number
  readonly quantity: DecimalText
  readonly price: DecimalText
  readonly fee: DecimalText | null
  readonly feeAsset: string | null
}

/** An order from its intent to its end. */
export interface OrderView extends OrderTermsView {
  readonly outcome: OrderOutcome
  readonly filled: DecimalText
  readonly venueOrderId: string | null
  /** What is being done about it while it is unknown; `null` otherwise. */
  readonly nextStep: string | null
  readonly steps: readonly OrderStep[]
  readonly fills: readonly OrderFill[]
  readonly changedTime: number
}

/** Orders of a book: unknown ones first, then open ones, then ended ones, newest first. */
export interface OrderListView {
  readonly account: string
  readonly symbol: string
  readonly version: number
  readonly orders: readonly OrderView[]
  /** Older orders that ended and are not listed; the timeline has them. */
  readonly olderCount: number
}
