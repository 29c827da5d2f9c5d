import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { minus, plus } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { roundToStep } from '../money/rounding.js'
import { takeParts } from '../policy/in-flight.js'
import { isBetterExit } from '../policy/pnl.js'

/** What closes together at one price. */
export interface Bundle {
  readonly side: Side
  /** Trigger of a stop, limit of a take profit, on the tick. */
  readonly price: Price
  /** Whose quantity, each > 0; their sum is what the bundle closes. */
  readonly parts: readonly Allocation[]
  /** True when the closing rule, not the parts, will say whose a fill is. */
  readonly isPooled: boolean
  /** Take-profit level, 1-based. */
  readonly level: number | null
  /** Tranche whose levels a combined pair took. */
  readonly reference: string | null
  /** True for a stop whose trigger a fresh mark has passed: what rests may be triggering, a new one would be refused. */
  readonly isPassed: boolean
  /** True when stops of several tranches were put together because the venue cannot hold them apart. */
  readonly isMerged: boolean
}

/** Σ of parts, base. */
export function sumOf(parts: readonly Allocation[]): Quantity {
  return parts.reduce((sum, part) => plus(sum, part.quantity), NO_QUANTITY)
}

/** One part per tranche, in the order they first appear. */
export function sumByTranche(parts: readonly Allocation[]): Allocation[] {
  if (parts.length < 2) return parts.map(({ tranche, quantity }) => ({ tranche, quantity }))
  const sums = new Map<string, Quantity>()
  for (const { tranche, quantity } of parts) sums.set(tranche, plus(sums.get(tranche) ?? NO_QUANTITY, quantity))
  return [...sums].map(([tranche, quantity]) => ({ tranche, quantity }))
}

/** The more protective of two stop triggers: the one that is hit first. */
export function earlierStop(side: Side, left: Price, right: Price): Price {
  return isBetterExit(side, left, right) ? left : right
}

/** Stops in the order a losing price would hit them; equal triggers keep their order. */
export function byTrigger(bundles: readonly Bundle[]): Bundle[] {
  return bundles.toSorted((left, right) => compareTriggers(left.side, left.price, right.price))
}

/** Orders the trigger that a losing price hits first before the other. */
export function compareTriggers(side: Side, left: Price, right: Price): number {
  if (left === right) return 0
  return isBetterExit(side, left, right) ? -1 : 1
}

/** Two stops in one, at the more protective trigger. */
export function mergeStops(left: Bundle, right: Bundle): Bundle {
  return {
    ...left,
    price: earlierStop(left.side, left.price, right.price),
    parts: sumByTranche([...left.parts, ...right.parts]),
    isPooled: left.isPooled || right.isPooled,
    isPassed: left.isPassed || right.isPassed,
    isMerged: true,
  }
}

/** Bundles on the step, and what is left below one step with its owners. */
export interface Stepped<Kind extends Bundle> {
  readonly bundles: readonly Kind[]
  readonly residue: readonly Allocation[]
}

/** Brings bundles to the step: what is below it moves on to the next bundle, so that only the last can leave a residue. */
export function carryResidue<Kind extends Bundle>(bundles: readonly Kind[], step: Quantity): Stepped<Kind> {
  const stepped: Kind[] = []
  let carried: readonly Allocation[] = []
  for (const bundle of bundles) {
    const parts = sumByTranche([...bundle.parts, ...carried])
    const whole = roundToStep(sumOf(parts), step, 'down')
    if (whole > 0n) stepped.push({ ...bundle, parts: takeParts(parts, whole) })
    carried = takeParts(parts, minus(sumOf(parts), whole), whole)
  }
  return { bundles: stepped, residue: carried }
}

/** Bundles within a capacity, and what is above it. */
export interface Cut<Kind extends Bundle> {
  readonly within: readonly Kind[]
  readonly above: readonly Kind[]
}

/** Cuts bundles on the step, first come first served, to what may rest together; the capacity goes down to the step. */
export function cutToCapacity<Kind extends Bundle>(
  bundles: readonly Kind[],
  { capacity, step }: { readonly capacity: Quantity; readonly step: Quantity },
): Cut<Kind> {
  const within: Kind[] = []
  const above: Kind[] = []
  let room = roundToStep(capacity, step, 'down')
  for (const bundle of bundles) {
    const parts = takeParts(bundle.parts, room)
    const rest = takeParts(bundle.parts, sumOf(bundle.parts), room)
    if (parts.length > 0) within.push({ ...bundle, parts })
    if (rest.length > 0) above.push({ ...bundle, parts: rest })
    room = minus(room, sumOf(parts))
  }
  return { within, above }
}
