import type { TrancheBook } from '../book/book.js'
import type { Allocation, BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { larger, minus, plus, smaller } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'

/**
 * What an order may still fill, base: its quantity less what is booked; for one that the venue has ended, the fills that are
 * still to be booked. `null` for an order that closes whatever the position is.
 */
export function unfilledOf(order: BookOrder): Quantity | null {
  const whole = order.ending === null ? order.quantity : order.ending.filledQuantity
  return whole === null ? null : larger(minus(whole, order.filled), NO_QUANTITY)
}

/** The parts of an allocation from `skip` on, at most `quantity` of it. Fills use an allocation up in its order. */
export function takeParts(
  parts: readonly Allocation[],
  quantity: Quantity,
  skip: Quantity = NO_QUANTITY,
): Allocation[] {
  const taken: Allocation[] = []
  let toSkip = skip
  let toTake = quantity
  for (const part of parts) {
    const skipped = smaller(part.quantity, toSkip)
    const size = smaller(minus(part.quantity, skipped), toTake)
    toSkip = minus(toSkip, skipped)
    toTake = minus(toTake, size)
    if (size > 0n) taken.push({ tranche: part.tranche, quantity: size })
  }
  return taken
}

/** Whose quantity an order may still close, in the order its fills use it up. Empty when the closing rule splits them. */
export function unfilledParts(order: BookOrder): Allocation[] {
  const unfilled = unfilledOf(order)
  return unfilled === null ? [] : takeParts(order.allocation, unfilled, order.filled)
}

/** What is still to be closed of one tranche by exits that are intended or working, base. Protective orders do not count. */
export function exitsInFlight(book: TrancheBook, trancheId: string): Quantity {
  let sum = NO_QUANTITY
  for (const order of book.orders.values()) {
    if (order.purpose !== 'exit') continue
    for (const part of unfilledParts(order)) if (part.tranche === trancheId) sum = plus(sum, part.quantity)
  }
  return sum
}

/** Limit exits of a tranche that rest, or may: their price may never come. */
export function limitExitsOf(book: TrancheBook, trancheId: string): readonly BookOrder[] {
  return [...book.orders.values()].filter(
    ({ purpose, type, ending, allocation }) =>
      purpose === 'exit' &&
      type === 'LIMIT' &&
      ending === null &&
      allocation.some(({ tranche }) => tranche === trancheId),
  )
}

/**
 * What exits may still take of what the venue holds of a side, base. In one-way mode a plain order closes what the other side nets out:
 * it takes nothing of what may be reduced.
 */
export function reducingExitsInFlight(book: TrancheBook, side: Side): Quantity {
  let sum = NO_QUANTITY
  for (const order of book.orders.values())
    if (order.purpose === 'exit' && order.side === side && (order.reduceOnly || book.positionMode === 'HEDGE'))
      sum = plus(sum, unfilledOf(order) ?? book.groups[side].quantity)
  return sum
}

/** What exits without an allocation may still close of a side, base: the closing rule will say whose. */
export function unallocatedExitsInFlight(book: TrancheBook, side: Side): Quantity {
  let sum = NO_QUANTITY
  for (const order of book.orders.values())
    if (order.purpose === 'exit' && order.side === side && order.allocation.length === 0)
      sum = plus(sum, unfilledOf(order) ?? book.groups[side].quantity)
  return sum
}
