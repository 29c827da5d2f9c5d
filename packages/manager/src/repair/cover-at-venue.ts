import type { OpenOrder } from '@tranchebook/adapters'
import {
  absolute,
  larger,
  minus,
  NO_QUANTITY,
  plus,
  type PositionInput,
  type Quantity,
  type Side,
  smaller,
} from '@tranchebook/core'

/** What of a position rests behind stops at the venue, whoever placed them. */
export interface VenueCover {
  readonly side: Side
  /** Base, ≥ 0. */
  readonly quantity: Quantity
  readonly covered: Quantity
  readonly stops: readonly OpenOrder[]
}

const STOPS: readonly OpenOrder['orderType'][] = ['STOP_MARKET', 'TRAILING_STOP_MARKET']

/** The side that a report is about: in one-way mode the sign says it. */
function sideOf({ positionSide, quantity }: PositionInput): Side {
  if (positionSide !== 'BOTH') return positionSide
  return quantity < 0n ? 'SHORT' : 'LONG'
}

function isStopOf(order: OpenOrder, position: PositionInput, side: Side): boolean {
  if (!STOPS.includes(order.orderType) || order.symbol !== position.symbol) return false
  if (order.positionSide !== position.positionSide) return false
  if (order.orderSide !== (side === 'LONG' ? 'SELL' : 'BUY')) return false
  return position.positionSide !== 'BOTH' || order.reduceOnly || order.closePosition
}

/** Counts the stops that would close a position as the venue lists both. */
export function coverAtVenue(position: PositionInput, openOrders: readonly OpenOrder[]): VenueCover {
  const side = sideOf(position)
  const quantity = absolute(position.quantity)
  const stops = openOrders.filter((order) => isStopOf(order, position, side))
  const sum = stops.reduce(
    (total, stop) => plus(total, larger(minus(stop.quantity, stop.filledQuantity), NO_QUANTITY)),
    NO_QUANTITY,
  )
  const covered = stops.some((stop) => stop.closePosition) ? quantity : smaller(sum, quantity)
  return { side, quantity, covered, stops }
}
