import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { CapacityLimit } from './side-capacity.js'

/** Why a quantity has no order of a kind. `noStop`: by configuration, on purpose. */
export type UncoveredReason = 'noStop' | 'belowStep' | 'belowMinimum' | CapacityLimit

/** A quantity that no order of a kind can close, with its owner. */
export interface Uncovered extends Allocation {
  readonly side: Side
  readonly kind: 'stop' | 'takeProfit' | 'exit'
  readonly reason: UncoveredReason
}

/** Names the parts that have no order, and why. */
export function uncoveredParts(
  parts: readonly Allocation[],
  why: Pick<Uncovered, 'side' | 'kind' | 'reason'>,
): readonly Uncovered[] {
  return parts.map((part) => ({ ...part, ...why }))
}
