import type { Instrument } from '../instrument/instrument.js'
import type { Side } from '../book/tranche.js'
import type { Quantity } from '../money/quantity.js'
import { type Bundle, carryResidue, cutToCapacity, sumOf } from './bundle.js'
import type { ExitReason } from './desired-orders.js'
import type { SideCapacity } from './side-capacity.js'
import { type Uncovered, uncoveredParts } from './uncovered.js'

/** What is to be closed at market, and why. */
export type ExitBundle = Bundle & { readonly reason: ExitReason }

/** Market exits of a side, and what the venue would not take. */
export interface SideExits {
  /** Reduce the venue's position. */
  readonly reducing: readonly ExitBundle[]
  /** Would be refused as reduce-only: in one-way mode, what the other side's tranches net out. */
  readonly netted: readonly ExitBundle[]
  readonly uncovered: readonly Uncovered[]
}

/** What market exits of a side have to fit. */
export interface ExitRules {
  readonly side: Side
  readonly instrument: Instrument
  readonly limit: SideCapacity['limit']
  /** Capacity that exits in flight have left. */
  readonly room: Quantity
}

/** Brings market exits to step, minimum and capacity. What is below the minimum waits for more. */
export function sideExits(wanted: readonly ExitBundle[], { side, instrument, limit, room }: ExitRules): SideExits {
  const stepped = carryResidue(wanted, instrument.stepSize)
  const isEnough = (bundle: Bundle): boolean => sumOf(bundle.parts) >= instrument.minQuantity
  const small = stepped.bundles.filter((bundle) => !isEnough(bundle)).flatMap((bundle) => bundle.parts)
  const step = instrument.stepSize
  const { within, above } = cutToCapacity(stepped.bundles.filter(isEnough), { capacity: room, step })
  const uncovered = [
    ...uncoveredParts(stepped.residue, { side, kind: 'exit', reason: 'belowStep' }),
    ...uncoveredParts(small, { side, kind: 'exit', reason: 'belowMinimum' }),
  ]
  if (limit !== 'venueHoldsLess') return { reducing: within, netted: above, uncovered }
  const missing = above.flatMap((bundle) => bundle.parts)
  return {
    reducing: within,
    netted: [],
    uncovered: [...uncovered, ...uncoveredParts(missing, { side, kind: 'exit', reason: limit })],
  }
}
