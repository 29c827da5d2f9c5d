import { type ClosingLot, type ClosingRule, minus, type Price, smaller } from '@tranchebook/core'

/** How far an entry is from a price, times the lot's quantity: compared without dividing. */
function distance({ cost, quantity }: ClosingLot, price: Price): bigint {
  const difference = cost - price * quantity
  return difference < 0n ? -difference : difference
}

/** The lot whose entry is nearest to the exit price gives first; of two that are equally near, the one created first. */
export const nearestEntry: ClosingRule = (lots, { quantity, price }) => {
  const nearest = lots.toSorted((left, right) => {
    const difference = distance(left, price) * right.quantity - distance(right, price) * left.quantity
    return difference === 0n ? left.sequence - right.sequence : difference < 0n ? -1 : 1
  })
  let wanted = quantity
  return nearest.flatMap((lot) => {
    const taken = smaller(lot.quantity, wanted)
    wanted = minus(wanted, taken)
    return taken > 0n ? [{ tranche: lot.tranche, quantity: taken }] : []
  })
}
