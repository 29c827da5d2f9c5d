import type { TrancheBook } from '../book/book.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { plus } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { unfilledOf } from './in-flight.js'

/** Where a group stands in its life: nothing open, being built, standing, being reduced, or being closed as a whole. */
export type PositionPhase = 'CLOSED' | 'BUILDING' | 'OPEN' | 'REDUCING' | 'CLOSING'

/** Now, and how long after an entry a group still counts as being built. */
export interface PhaseQuestion {
  readonly side: Side
  /** Epoch ms. */
  readonly now: number
  readonly config: Pick<SymbolConfig, 'buildingWindowMs'>
}

/** An exit under way: a close that was ordered, or a stop or take profit that has been triggered. Resting protection is none. */
function isExiting(order: BookOrder): boolean {
  return order.purpose === 'exit' || (order.purpose !== 'entry' && order.childOrderId !== null)
}

function closesAll(exits: readonly BookOrder[], open: Quantity): boolean {
  if (exits.some((order) => order.closePosition)) return true
  return exits.reduce((sum, order) => plus(sum, unfilledOf(order) ?? NO_QUANTITY), NO_QUANTITY) >= open
}

/**
 * The phase of a group. Orders in flight weigh most: an exit of everything, then entries, then partial exits. Without any, the
 * newer of the last entry and the last exit decides.
 */
export function positionPhase(book: TrancheBook, { side, now, config }: PhaseQuestion): PositionPhase {
  const group = book.groups[side]
  const orders = [...book.orders.values()].filter((order) => order.side === side)
  const isEntering = orders.some((order) => order.purpose === 'entry')
  if (group.quantity === 0n) return isEntering ? 'BUILDING' : 'CLOSED'
  const exits = orders.filter(isExiting)
  if (exits.length > 0 && closesAll(exits, group.quantity)) return 'CLOSING'
  if (isEntering) return 'BUILDING'
  if (exits.length > 0) return 'REDUCING'
  const { lastEntryTime, lastExitTime } = group
  const isReduced = group.quantity < group.peakQuantity
  const isNewest = lastEntryTime !== null && (!isReduced || lastExitTime === null || lastEntryTime >= lastExitTime)
  if (isNewest && now - lastEntryTime < config.buildingWindowMs) return 'BUILDING'
  return isReduced ? 'REDUCING' : 'OPEN'
}
