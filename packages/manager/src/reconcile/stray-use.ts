import type { OpenOrder } from '@tranchebook/adapters'
import { ascending, type Side } from '@tranchebook/core'
import type { BookLoop } from '../book/book-loop.js'

/** A stop of ours that its book does not know. */
export interface StrayStop {
  readonly loop: BookLoop
  readonly order: OpenOrder
}

/** What its use is judged by. */
interface RankedStop extends Pick<StrayStop, 'order'> {
  readonly loop: Pick<BookLoop, 'book'>
}

function closedBy({ positionSide, orderSide }: OpenOrder): Side {
  if (positionSide !== 'BOTH') return positionSide
  return orderSide === 'SELL' ? 'LONG' : 'SHORT'
}

/** Whether the venue, as it last said, or the book holds what a stop would close. */
function closesSomething({ loop: { book }, order }: RankedStop): boolean {
  const side = closedBy(order)
  if (book.groups[side].quantity > 0n) return true
  const held = book.checks[order.positionSide]?.quantity ?? 0n
  return order.positionSide === 'BOTH' && side === 'SHORT' ? held < 0n : held > 0n
}

/** How far towards a loss a stop waits: the higher, the later it closes. */
function lateness({ order }: RankedStop): bigint {
  const trigger = order.triggerPrice ?? 0n
  return closedBy(order) === 'LONG' ? -trigger : trigger
}

/**
 * The least useful first: one that closes nothing, then one that closes a part before one that closes all, the later before the
 * earlier trigger, the smaller before the larger quantity.
 */
export function byUse(left: RankedStop, right: RankedStop): number {
  return (
    Number(closesSomething(left)) - Number(closesSomething(right)) ||
    Number(left.order.closePosition) - Number(right.order.closePosition) ||
    ascending(lateness(right), lateness(left)) ||
    ascending(left.order.quantity, right.order.quantity)
  )
}
