import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { unfilledOf, unfilledParts } from '../policy/in-flight.js'
import type { DesiredOrder } from './desired-orders.js'
import { mayTry } from '../policy/order-failures.js'
import {
  type Changes,
  type Comparison,
  isCancellable,
  type ProtectionAction,
  type WaitingOrder,
} from './protection-actions.js'
import { sideCapacity } from './side-capacity.js'

/** Quantity that exits may still close: of each tranche, and of the side as a whole. */
interface Room {
  side: Quantity
  readonly byTranche: Map<string, Quantity>
}

type Claim = Pick<DesiredOrder, 'quantity' | 'allocation' | 'positionSide' | 'reduceOnly'>

function claimOf(order: BookOrder): Claim {
  const { positionSide, reduceOnly } = order
  return { quantity: unfilledOf(order), allocation: unfilledParts(order), positionSide, reduceOnly }
}

/** What the venue nets out in one-way mode takes from its tranches, not from what the venue would let close. */
function withdraw(room: Room, { quantity, allocation, positionSide, reduceOnly }: Claim): void {
  const isNetted = positionSide === 'BOTH' && !reduceOnly
  if (!isNetted) room.side = minus(room.side, quantity ?? room.side)
  for (const part of allocation)
    room.byTranche.set(part.tranche, minus(room.byTranche.get(part.tranche) ?? NO_QUANTITY, part.quantity))
}

/** What take profits that may be working, exits in flight and exits being intended leave of the open quantity. */
function roomOf(side: Side, { plan, book, context }: Comparison): Room {
  const room = {
    side: sideCapacity(book, side, context.config).quantity,
    byTranche: new Map(book.groups[side].tranches.map((tranche) => [tranche.id, tranche.quantity])),
  }
  for (const order of book.orders.values())
    if (order.side === side && (order.purpose === 'takeProfit' || order.purpose === 'exit'))
      withdraw(room, claimOf(order))
  for (const exit of plan.exits) if (exit.side === side) withdraw(room, exit)
  return room
}

function fits(room: Room, order: DesiredOrder): boolean {
  if ((order.quantity ?? NO_QUANTITY) > room.side) return false
  const wanted = new Map<string, Quantity>()
  for (const part of order.allocation)
    wanted.set(part.tranche, plus(wanted.get(part.tranche) ?? NO_QUANTITY, part.quantity))
  return [...wanted].every(([tranche, quantity]) => quantity <= (room.byTranche.get(tranche) ?? NO_QUANTITY))
}

/**
 * Changes to the take profits of a side. A stale one is cancelled, and what it may still fill counts until it is known to be
 * gone: a successor is placed only where all of them together cannot close more than is open.
 */
export function changeTakeProfits(comparison: Comparison, side: Side): Changes {
  const { plan, book, context, matched } = comparison
  const isOurs = (order: DesiredOrder | BookOrder): boolean => order.purpose === 'takeProfit' && order.side === side
  const room = roomOf(side, comparison)
  const canTry = mayTry(book, 'takeProfit', { config: context.config, time: plan.time })
  const actions: ProtectionAction[] = []
  const waiting: WaitingOrder[] = []
  for (const order of matched.missing.filter(isOurs)) {
    if (!canTry) waiting.push({ order, because: 'retryLater' })
    else if (!fits(room, order)) waiting.push({ order, because: 'quantityStillWorking' })
    else {
      withdraw(room, order)
      actions.push({ type: 'place', order })
    }
  }
  const isFlat = book.groups[side].quantity === 0n
  for (const order of matched.stale.filter((one) => isOurs(one) && isCancellable(one, plan.time)))
    actions.push({ type: 'cancel', order, reason: isFlat ? 'obsolete' : 'replaced' })
  return { actions, waiting }
}
