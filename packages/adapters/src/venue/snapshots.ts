import type {
  FillInput,
  FundingInput,
  OrderInput,
  OrderSide,
  OrderType,
  PositionSide,
  Price,
  Quantity,
} from '@tranchebook/core'

/** An order that rests at the venue, whoever placed it. */
export interface OpenOrder {
  readonly symbol: string
  readonly clientOrderId: string
  readonly venueOrderId: string
  /** What it became, when a conditional order has triggered and is still listed. */
  readonly childOrderId: string | null
  readonly isConditional: boolean
  /** `null` = a kind this project never places, such as a stop-limit. */
  readonly orderType: OrderType | null
  /** As the venue spells it. */
  readonly venueType: string
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  /** 0 for close-position orders. */
  readonly quantity: Quantity
  readonly filledQuantity: Quantity
  readonly price: Price | null
  readonly triggerPrice: Price | null
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  readonly time: number
}

/** Answer to "where is this order?". `notFound` once is no proof: venues answer from copies that lag. */
export type OrderLookup =
  { readonly type: 'found'; readonly report: OrderInput } | { readonly type: 'notFound'; readonly time: number }

/** From where on to read a history. Without an id, `since` (epoch ms) counts; without both, what the venue gives first. */
export interface HistoryRequest {
  readonly symbol: string
  /** The newest id already known; answers overlap it, so that a late row is not missed. */
  readonly afterId: string | null
  readonly since: number | null
}

/** Which funding to read. Without `until` (epoch ms) up to now; a venue may bring more than was asked for. */
export interface FundingRequest extends HistoryRequest {
  readonly until?: number | null
}

/** Trades of ours, oldest first, ids already known included. */
export interface TradeHistory {
  readonly fills: readonly FillInput[]
  /** False when the venue no longer has all that was asked for. */
  readonly isComplete: boolean
  /** True when there are more than one answer holds: ask again after the newest of these. */
  readonly hasMore?: boolean
}

/** Funding payments, oldest first, ids already known included. */
export interface FundingHistory {
  readonly payments: readonly FundingInput[]
  readonly isComplete: boolean
}

/** How the venue's clock stands to ours. */
export interface ClockReading {
  /** Add to the local clock to get the venue's, in ms. */
  readonly offsetMs: number
  /** Half of it bounds the error. */
  readonly roundTripMs: number
  /** Local epoch ms of the reading. */
  readonly time: number
}
