import type { Allocation, BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { minus, plus, smaller } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { unfilledOf, unfilledParts } from '../policy/in-flight.js'

/** Stop quantity, base: by tranche, and that which the closing rule will split. */
export interface StopCover {
  readonly byTranche: ReadonlyMap<string, Quantity>
  readonly pooled: Quantity
}

/** Whether an order rests at the venue as far as we know: acknowledged, and not known to be gone. */
export function isResting(order: BookOrder): boolean {
  return order.state === 'working' || order.state === 'cancelling'
}

/** Stops of a side that close a quantity. */
export function isQuantityStop(order: BookOrder, side: Side): boolean {
  return order.side === side && order.purpose === 'stop' && !order.closePosition
}

/** What the given stops still close. Fills that the venue counts and we have not booked yet are closed already: they cover. */
export function coverOf(stops: Iterable<BookOrder>): StopCover {
  const byTranche = new Map<string, Quantity>()
  let pooled = NO_QUANTITY
  for (const order of stops) {
    if (order.allocation.length === 0) pooled = plus(pooled, unfilledOf(order) ?? NO_QUANTITY)
    for (const { tranche, quantity } of unfilledParts(order))
      byTranche.set(tranche, plus(byTranche.get(tranche) ?? NO_QUANTITY, quantity))
  }
  return { byTranche, pooled }
}

/** What of the parts no stop covers. Pooled quantity goes to the first that need it. */
export function uncoveredBy(cover: StopCover, parts: readonly Allocation[]): readonly Allocation[] {
  if (cover.byTranche.size === 0 && cover.pooled === NO_QUANTITY) return parts.filter(({ quantity }) => quantity > 0n)
  let pooled = cover.pooled
  const left = new Map(cover.byTranche)
  return parts.flatMap(({ tranche, quantity }) => {
    const own = smaller(quantity, left.get(tranche) ?? NO_QUANTITY)
    left.set(tranche, minus(left.get(tranche) ?? NO_QUANTITY, own))
    const lent = smaller(minus(quantity, own), pooled)
    pooled = minus(pooled, lent)
    const open = minus(minus(quantity, own), lent)
    return open > 0n ? [{ tranche, quantity: open }] : []
  })
}
