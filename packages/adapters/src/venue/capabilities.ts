import type { OrderType } from '@tranchebook/core'

/** How a conditional order (stop, take profit, trailing) lives at a venue. */
export type ConditionalStyle =
  /** In an id space of its own; when it triggers it becomes a child order with another id. */
  | 'separate-orders'
  /** Among the ordinary orders, under one id before and after the trigger. */
  | 'ordinary-orders'

/** What a venue can do. What two venues do differently is declared here and nowhere else. */
export interface VenueCapabilities {
  readonly orderTypes: readonly OrderType[]
  readonly conditionalStyle: ConditionalStyle
  /** Conditional orders of the whole account; `null` = limited per symbol, see `Instrument.maxConditionalOrders`. */
  readonly maxConditionalOrders: number | null
  /** Orders that one `submitMany` sends in a single request; more are split. */
  readonly maxBatchSubmit: number
  readonly maxBatchCancel: number
  /** True when a second close-position stop in the same direction is refused while the first one rests. */
  readonly isClosePositionStopExclusive: boolean
  /** True when a resting LIMIT order can be changed in place. */
  readonly canModify: boolean
  /** True when an order whose outcome is unknown can still be killed before it lands. */
  readonly canCancelInFlight: boolean
  /** How long after it was sent a request may still be carried out, in ms: before that nothing proves an order absent. */
  readonly acceptWindowMs: number
  /** True when account events come in the order in which they happened. */
  readonly isStreamOrdered: boolean
  /** True when trades of ours are announced once more, earlier and without fee. */
  readonly hasEarlyFills: boolean
  /** How far back trades and funding can be fetched, in ms; `null` = without limit. */
  readonly historyMs: number | null
  /** How long a cancelled order without fills can still be found by its client id, in ms. */
  readonly cancelledOrderMs: number | null
}
