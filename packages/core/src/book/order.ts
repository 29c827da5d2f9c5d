import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import type { Side } from './tranche.js'

/** Direction of a trade. */
export type OrderSide = 'BUY' | 'SELL'

/** As the venue names the position an order belongs to: `BOTH` in one-way mode. */
export type PositionSide = 'LONG' | 'SHORT' | 'BOTH'

/** What an order is for. `exit` = a market or limit close that a rule or command asked for; `failSafe` = close-position stop. */
export type OrderPurpose = 'entry' | 'exit' | 'stop' | 'takeProfit' | 'failSafe'

/** Order kinds, venue-neutral. */
export type OrderType = 'LIMIT' | 'MARKET' | 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET'

/** `unknown` = sent, outcome not known; `cancelling` = a cancel is under way. */
export type OrderState = 'intended' | 'working' | 'unknown' | 'cancelling'

/** The part of an order's fills that belongs to a tranche. Σ = the order's quantity, unless it closes the position. */
export interface Allocation {
  tranche: string
  quantity: Quantity
}

/** Cancels of one order that the venue refused. */
export interface RefusedCancels {
  count: number
  /** Of the first, epoch ms. */
  since: number
  /** When the next may be sent, epoch ms. */
  retryTime: number
  /** What the venue said of the newest; `null` = nothing. */
  code: string | null
  message: string | null
}

/** An order of ours that is not terminal. Terminal ones leave the book. */
export interface BookOrder {
  /** A pure function of stream, intent and attempt. */
  clientOrderId: string
  intent: number
  attempt: number
  purpose: OrderPurpose
  type: OrderType
  /** Group it opens or closes. */
  side: Side
  orderSide: OrderSide
  positionSide: PositionSide
  /** `null` for close-position orders. */
  quantity: Quantity | null
  price: Price | null
  triggerPrice: Price | null
  reduceOnly: boolean
  closePosition: boolean
  /** For exits and protection: whose quantity it closes. Empty for entries and for orders split by the closing rule. */
  allocation: Allocation[]
  /** Take-profit level (1-based) it stands for; `null` for all else. */
  level: number | null
  /** For entries: the tranche it adds to, or `null` = a new one. */
  entryTranche: string | null
  /** For entries: label of the new tranche. */
  label: string | null
  /** Why it exists: the rule or command. */
  reason: string
  state: OrderState
  filled: Quantity
  venueOrderId: string | null
  /** Order that a triggered conditional became, where the venue gives it an id of its own. */
  childOrderId: string | null
  /** Set once the venue has ended it while some of its fills are still to be booked. */
  ending: { status: 'filled' | 'cancelled' | 'expired'; filledQuantity: Quantity } | null
  intendedTime: number
  /** `null` = none was refused, or the log does not say for how long to wait after it. */
  refusedCancels: RefusedCancels | null
}
