import { ascending, type ClosingLot, type ClosingRule, minus, smaller } from '@tranchebook/core'

/** Whether a LONG lot would close at a gain; prices of SHORT lots count the other way round. */
function isGain({ side, cost, quantity }: ClosingLot, price: bigint): boolean {
  const worth = price * quantity
  return side === 'LONG' ? worth > cost : worth < cost
}

/** Gains are taken before losses; among equals the smaller lot goes first, so that few tranches stay open, then the older one. */
export const profitFirst: ClosingRule = (lots, { quantity, price }) => {
  const ordered = lots.toSorted(
    (left, right) =>
      Number(isGain(right, price)) - Number(isGain(left, price)) ||
      ascending(left.quantity, right.quantity) ||
      left.sequence - right.sequence,
  )
  let wanted = quantity
  return ordered.flatMap((lot) => {
    const taken = smaller(lot.quantity, wanted)
    wanted = minus(wanted, taken)
    return taken > 0n ? [{ tranche: lot.tranche, quantity: taken }] : []
  })
}
