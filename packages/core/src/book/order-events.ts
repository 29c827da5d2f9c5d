import type { DecimalText, Event, PartText } from './event-header.js'
import type { OrderPurpose, OrderSide, OrderType, PositionSide } from './order.js'
import type { Side } from './tranche.js'

/** Everything that is fixed about an order when it is intended. */
export interface OrderTerms {
  readonly clientOrderId: string
  readonly intent: number
  readonly attempt: number
  readonly purpose: OrderPurpose
  readonly orderType: OrderType
  readonly side: Side
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  readonly quantity: DecimalText | null
  readonly price: DecimalText | null
  readonly triggerPrice: DecimalText | null
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  readonly allocation: readonly PartText[]
  readonly level: number | null
  readonly entryTranche: string | null
  readonly label: string | null
  readonly reason: string
}

/** An order shall be sent. It changes no quantity; it holds its slot until it ends. */
export type OrderIntended = Event<'OrderIntended', OrderTerms>

/** The venue has it. */
export type OrderAcknowledged = Event<'OrderAcknowledged', { clientOrderId: string; venueOrderId: string | null }>

/** A conditional order became a live one. */
export type OrderTriggered = Event<'OrderTriggered', { clientOrderId: string; childOrderId: string | null }>

/** The venue said no, definitively. `wouldTrigger`: the price was at or past the order's trigger. */
export type OrderRefused = Event<
  'OrderRefused',
  { clientOrderId: string; code: string | null; message: string | null; isPermanent: boolean; wouldTrigger: boolean },
  2
>

/** Nobody knows whether the venue has it. It is looked for, never sent again blindly. */
export type OrderOutcomeUnknown = Event<'OrderOutcomeUnknown', { clientOrderId: string; message: string | null }>

/** Terminal at the venue, but fills that the venue counts have not been booked yet. */
export type OrderEnding = Event<
  'OrderEnding',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired'; filledQuantity: DecimalText }
>

/** It is over, and all its fills are booked. */
export type OrderClosed = Event<
  'OrderClosed',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired' | 'absent'; filledQuantity: DecimalText | null }
>

/** A cancel shall be sent. */
export type CancelIntended = Event<'CancelIntended', { clientOrderId: string; reason: string }>

/** The venue did not cancel. «Unknown order» means look, not success. It is not asked again before `retryTime`; `null` = was not recorded. */
export type CancelRefused = Event<
  'CancelRefused',
  { clientOrderId: string; code: string | null; message: string | null; retryTime: number | null },
  2
>

/** The venue shall be asked for another leverage. */
export type LeverageIntended = Event<'LeverageIntended', { leverage: number; reason: string }>
