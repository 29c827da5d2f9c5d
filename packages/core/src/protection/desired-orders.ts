import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { Allocation, OrderSide, OrderType, PositionSide } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { Instrument } from '../instrument/instrument.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import { type Bundle, sumOf } from './bundle.js'
import { type OrderSize, splitParts } from './split-quantity.js'

/** A protective order that should rest at the venue. */
export interface DesiredOrder {
  readonly purpose: 'stop' | 'takeProfit' | 'failSafe'
  readonly type: OrderType
  readonly side: Side
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  /** Base, on the step; `null` = closes whatever the position is. */
  readonly quantity: Quantity | null
  readonly price: Price | null
  readonly triggerPrice: Price | null
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  /** Σ = the quantity; empty where the closing rule splits its fills. */
  readonly allocation: readonly Allocation[]
  /** Take-profit level, 1-based. */
  readonly level: number | null
  /** Tranche whose levels a combined pair took. */
  readonly reference: string | null
  /** True when the price has passed its trigger: one that rests may be triggering, a new one would be refused. */
  readonly isPassed: boolean
  /** True when stops of several tranches were put together for want of room or size. */
  readonly isMerged: boolean
}

/** Why something is closed at market now; it becomes the reason of the reduction. */
export type ExitReason = 'stop' | 'takeProfit' | 'unprotectable'

/** A market exit that protection needs now. */
export interface DesiredExit {
  readonly side: Side
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  /** Base, on the step. */
  readonly quantity: Quantity
  readonly reduceOnly: boolean
  readonly allocation: readonly Allocation[]
  readonly level: number | null
  readonly reason: ExitReason
  /** The level that was passed. */
  readonly price: Price
}

/** Take profits rest as limit orders, which cost no conditional room. */
export const TAKE_PROFIT_TYPE: OrderType = 'LIMIT'

/** The order side that closes a side. */
function closingSideOf(side: Side): OrderSide {
  return side === 'LONG' ? 'SELL' : 'BUY'
}

/** Limits of one order: triggered and market orders often may carry less than limit orders. */
export function orderSizeOf(instrument: Instrument, type: OrderType): OrderSize {
  const { minQuantity: min, maxQuantity, maxMarketQuantity, stepSize: step } = instrument
  return { min, step, max: type === 'LIMIT' ? maxQuantity : (maxMarketQuantity ?? maxQuantity) }
}

// Orders are written out, not spread: a literal of known shape is made ten times faster, and every review makes them afresh.

/** The stops of a bundle: one, or more that sum exactly where the venue limits an order's quantity. */
export function stopOrders(book: TrancheBook, bundle: Bundle, instrument: Instrument): DesiredOrder[] {
  return splitParts(bundle.parts, orderSizeOf(instrument, 'STOP_MARKET')).map((parts) => ({
    purpose: 'stop',
    type: 'STOP_MARKET',
    side: bundle.side,
    orderSide: closingSideOf(bundle.side),
    positionSide: positionSideOf(book, bundle.side),
    quantity: sumOf(parts),
    price: null,
    triggerPrice: bundle.price,
    reduceOnly: book.positionMode === 'ONE_WAY',
    closePosition: false,
    allocation: bundle.isPooled ? [] : parts,
    level: null,
    reference: bundle.reference,
    isPassed: bundle.isPassed,
    isMerged: bundle.isMerged,
  }))
}

/** The take profits of a bundle: one, or more that sum exactly. */
export function takeProfitOrders(book: TrancheBook, bundle: Bundle, instrument: Instrument): DesiredOrder[] {
  return splitParts(bundle.parts, orderSizeOf(instrument, TAKE_PROFIT_TYPE)).map((parts) => ({
    purpose: 'takeProfit',
    type: TAKE_PROFIT_TYPE,
    side: bundle.side,
    orderSide: closingSideOf(bundle.side),
    positionSide: positionSideOf(book, bundle.side),
    quantity: sumOf(parts),
    price: bundle.price,
    triggerPrice: null,
    reduceOnly: book.positionMode === 'ONE_WAY',
    closePosition: false,
    allocation: bundle.isPooled ? [] : parts,
    level: bundle.level,
    reference: bundle.reference,
    isPassed: false,
    isMerged: bundle.isMerged,
  }))
}

/** A stop that closes whatever the venue holds of the side. */
export function failSafeOrder(
  book: TrancheBook,
  side: Side,
  at: { readonly price: Price; readonly isPassed: boolean },
): DesiredOrder {
  return {
    purpose: 'failSafe',
    type: 'STOP_MARKET',
    side,
    orderSide: closingSideOf(side),
    positionSide: positionSideOf(book, side),
    quantity: null,
    price: null,
    triggerPrice: at.price,
    reduceOnly: false,
    closePosition: true,
    allocation: [],
    level: null,
    reference: null,
    isPassed: at.isPassed,
    isMerged: false,
  }
}

/** What a market exit needs besides its bundle. */
export interface ExitTerms {
  readonly reason: ExitReason
  readonly instrument: Instrument
  /** False for what the venue would refuse as reduce-only: in one-way mode, what the other side's tranches net out. */
  readonly isReducing: boolean
}

/** The market orders of a bundle. */
export function exitOrders(book: TrancheBook, bundle: Bundle, terms: ExitTerms): DesiredExit[] {
  return splitParts(bundle.parts, orderSizeOf(terms.instrument, 'MARKET')).map((parts) => ({
    side: bundle.side,
    orderSide: closingSideOf(bundle.side),
    positionSide: positionSideOf(book, bundle.side),
    quantity: sumOf(parts),
    reduceOnly: book.positionMode === 'ONE_WAY' && terms.isReducing,
    allocation: bundle.isPooled ? [] : parts,
    level: bundle.level,
    reason: terms.reason,
    price: bundle.price,
  }))
}
