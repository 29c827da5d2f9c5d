import { type Bundle, compareTriggers, cutToCapacity, sumOf } from './bundle.js'
import type { TargetPlan } from './plan-targets.js'
import type { ExitRules } from './side-exits.js'
import { type Uncovered, uncoveredParts } from './uncovered.js'

/** Take profits of a side, and what has none. */
export interface SideTargets {
  readonly targets: readonly Bundle[]
  readonly uncovered: readonly Uncovered[]
}

/** Take profits of a side within what exits have left of its capacity, the nearest first. */
export function sideTargets(plans: readonly TargetPlan[], { side, instrument, limit, room }: ExitRules): SideTargets {
  const wanted = plans.flatMap((plan) => plan.resting)
  const residue = plans.flatMap((plan) => plan.residue)
  const uncovered = uncoveredParts(residue, { side, kind: 'takeProfit', reason: 'belowMinimum' })
  if (limit === null) return { targets: wanted, uncovered }
  const nearest = wanted.toSorted((left, right) => compareTriggers(side, right.price, left.price))
  const { within, above } = cutToCapacity(nearest, { capacity: room, step: instrument.stepSize })
  const targets = within.filter((bundle) => sumOf(bundle.parts) >= instrument.minQuantity)
  const cut = [...within.filter((bundle) => !targets.includes(bundle)), ...above].flatMap((bundle) => bundle.parts)
  return { targets, uncovered: [...uncovered, ...uncoveredParts(cut, { side, kind: 'takeProfit', reason: limit })] }
}
