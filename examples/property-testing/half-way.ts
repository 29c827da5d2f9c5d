import { asPrice, type StopRule } from '@tranchebook/core'

/** After each level the stop goes half way from the target before (the entry at first) to the target that was taken. */
export const halfWay: StopRule = (tranche, hit) => {
  const target = tranche.levels[hit - 1]?.price
  if (target === undefined) return null
  const before = tranche.levels[hit - 2]?.price ?? tranche.basisCost / tranche.basisQuantity
  return { price: asPrice((before + target) / 2n), trailingBest: null }
}
