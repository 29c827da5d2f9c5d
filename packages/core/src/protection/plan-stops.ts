import type { Allocation } from '../book/order.js'
import { absolute, minus } from '../money/arithmetic.js'
import type { Quantity } from '../money/quantity.js'
import { type Bundle, byTrigger, carryResidue, cutToCapacity, mergeStops, sumOf } from './bundle.js'

/** Stops of a side as they may rest, and what no stop can hold. */
export interface StopPlan {
  /** In the order a losing price would hit them. */
  readonly bundles: readonly Bundle[]
  /** Below one step. */
  readonly residue: readonly Allocation[]
  /** Below the venue's minimum, with nothing to put it together with. */
  readonly tooSmall: readonly Allocation[]
  /** Above what may rest on this side. */
  readonly cut: readonly Allocation[]
}

/** Index of the stop whose trigger is nearest to that at `index`; among equals the one hit first. */
function nearestTo(bundles: readonly Bundle[], index: number): number {
  const own = bundles[index]
  let nearest = -1
  let distance: bigint | null = null
  for (const [candidate, bundle] of bundles.entries()) {
    if (candidate === index || own === undefined) continue
    const away = absolute(minus(bundle.price, own.price))
    if (distance === null || away < distance) [nearest, distance] = [candidate, away]
  }
  return nearest
}

/** Puts two stops of a list together, at the place of the one hit first. */
export function mergeAt(bundles: readonly Bundle[], left: number, right: number): Bundle[] {
  const [a, b] = [bundles[Math.min(left, right)], bundles[Math.max(left, right)]]
  if (a === undefined || b === undefined) return [...bundles]
  return bundles.flatMap((bundle) => (bundle === a ? [mergeStops(a, b)] : bundle === b ? [] : [bundle]))
}

/** Stops below the minimum cannot rest alone: each goes with the nearest other, never away. */
function mergeSmall(
  bundles: readonly Bundle[],
  min: Quantity,
): { bundles: readonly Bundle[]; tooSmall: readonly Allocation[] } {
  const small = bundles.findIndex((bundle) => sumOf(bundle.parts) < min)
  if (small < 0) return { bundles, tooSmall: [] }
  const nearest = nearestTo(bundles, small)
  if (nearest < 0) return { bundles: [], tooSmall: bundles.flatMap((bundle) => bundle.parts) }
  return mergeSmall(mergeAt(bundles, small, nearest), min)
}

/** What the stops of a side have to fit. */
export interface StopRules {
  readonly step: Quantity
  readonly min: Quantity
  /** What may rest as stops on this side. */
  readonly capacity: Quantity
}

/** Brings the wanted stops of a side to step, minimum and capacity; the most protective come first. */
export function planStops(wanted: readonly Bundle[], { step, min, capacity }: StopRules): StopPlan {
  const stepped = carryResidue(byTrigger(wanted), step)
  const passed = stepped.bundles.filter((bundle) => bundle.isPassed)
  const merged = mergeSmall(
    stepped.bundles.filter((bundle) => !bundle.isPassed),
    min,
  )
  const { within, above } = cutToCapacity([...passed, ...merged.bundles], { capacity, step })
  const isEnough = (bundle: Bundle): boolean => bundle.isPassed || sumOf(bundle.parts) >= min
  const small = within.filter((bundle) => !isEnough(bundle)).flatMap((bundle) => bundle.parts)
  return {
    bundles: within.filter(isEnough),
    residue: stepped.residue,
    tooSmall: [...merged.tooSmall, ...small],
    cut: above.flatMap((bundle) => bundle.parts),
  }
}
