import type { Money, OrderSide, PositionSide, Price, Quantity, WorkingType } from '@tranchebook/core'
import type { Rate } from './parse-rate.js'

/** Order kinds of the venues, those we never place included. */
export type VenueOrderType =
  'LIMIT' | 'MARKET' | 'STOP' | 'STOP_MARKET' | 'TAKE_PROFIT' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'

/** `GTE_GTC` = good while the position is open. */
export type VenueTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX' | 'GTD' | 'GTE_GTC'

/** What happens when an order would trade with another one of its own account. */
export type SelfTradeMode = 'NONE' | 'EXPIRE_TAKER' | 'EXPIRE_MAKER' | 'EXPIRE_BOTH'

/** Where an order stands. */
export type OrderStatus = 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED' | 'EXPIRED_IN_MATCH'

/** Where a conditional order stands. `TRIGGERED` = its child lives; `FINISHED` = its child has ended, filled or not. */
export type ConditionalStatus = 'NEW' | 'TRIGGERING' | 'TRIGGERED' | 'FINISHED' | 'CANCELED' | 'REJECTED' | 'EXPIRED'

/** Why an order expired, in the venue's numbers. */
export const EXPIRY = {
  none: 0,
  selfTrade: 1,
  unfilledRest: 2,
  displaced: 4,
  liquidation: 5,
  positionClosed: 6,
  delisted: 7,
  triggered: 8,
  unfilledMarket: 9,
} as const

/** One of {@link EXPIRY}. */
export type ExpiryReason = (typeof EXPIRY)[keyof typeof EXPIRY]

/** What an account asks for. */
export interface OrderSpec {
  readonly symbol: string
  readonly side: OrderSide
  readonly positionSide: PositionSide
  readonly type: VenueOrderType
  readonly timeInForce: VenueTimeInForce
  /** `null` for close-position orders. */
  readonly quantity: Quantity | null
  readonly price: Price | null
  readonly triggerPrice: Price | null
  /** Of a trailing stop; `null` = it follows from now on. */
  readonly activationPrice: Price | null
  readonly callbackRate: Rate | null
  readonly workingType: WorkingType
  readonly priceProtect: boolean
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  /** `null` = the venue makes one up. */
  readonly clientOrderId: string | null
  readonly selfTradeMode: SelfTradeMode
  /** Epoch ms for GTD, 0 for all others. */
  readonly goodTillTime: number
}

/** What most orders are: everything not named is off. */
export const PLAIN_SPEC: Omit<OrderSpec, 'symbol' | 'side' | 'type'> = {
  positionSide: 'BOTH',
  timeInForce: 'GTC',
  quantity: null,
  price: null,
  triggerPrice: null,
  activationPrice: null,
  callbackRate: null,
  workingType: 'CONTRACT_PRICE',
  priceProtect: false,
  reduceOnly: false,
  closePosition: false,
  clientOrderId: null,
  selfTradeMode: 'EXPIRE_MAKER',
  goodTillTime: 0,
}

/** An order in the book, or one that was. */
export interface SimulatedOrder {
  readonly account: string
  readonly id: string
  readonly clientOrderId: string
  readonly spec: OrderSpec
  /** What it is now: a triggered stop is a market or limit order. */
  readonly type: 'LIMIT' | 'MARKET'
  readonly originalType: VenueOrderType
  /** The conditional order it came from. */
  readonly parentId: string | null
  readonly reduceOnly: boolean
  readonly createTime: number
  quantity: Quantity
  price: Price | null
  executed: Quantity
  /** Σ price × quantity of its fills. */
  cost: Money
  status: OrderStatus
  updateTime: number
  /** Time priority within one price: smaller goes first. */
  priority: number
  amendments: number
}

/** An order that waits for a price. */
export interface ConditionalOrder {
  readonly account: string
  readonly id: string
  readonly clientOrderId: string
  readonly spec: OrderSpec
  readonly createTime: number
  readonly priority: number
  status: ConditionalStatus
  /** Becomes the order's id once triggered. */
  childId: string | null
  /** Of a trailing stop: the best price since activation; `null` = not active yet. */
  extreme: Price | null
  triggerTime: number
  updateTime: number
  /** Why the venue refused it at the trigger. */
  reason: string | null
}

/** Whether it may still fill. */
export function isLive(order: SimulatedOrder): boolean {
  return order.status === 'NEW' || order.status === 'PARTIALLY_FILLED'
}

/** Whether orders of this kind wait for a price. */
export function waitsForTrigger(type: VenueOrderType): boolean {
  return type !== 'LIMIT' && type !== 'MARKET'
}
