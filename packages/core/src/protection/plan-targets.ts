import type { TrancheBook } from '../book/book.js'
import type { Allocation } from '../book/order.js'
import { larger, minus, plus, smaller } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { roundToStep } from '../money/rounding.js'
import { takeParts, unfilledOf, unfilledParts } from '../policy/in-flight.js'
import { hasReached } from '../policy/pnl.js'
import { type Bundle, carryResidue, sumByTranche, sumOf } from './bundle.js'
import type { ProtectionUnit, Target } from './protection-unit.js'

/** What the take profits of a unit depend on. */
export interface TargetRules {
  /** A fresh mark, or `null`. */
  readonly mark: Price | null
  readonly instantTakeProfit: boolean
  readonly step: Quantity
  readonly min: Quantity
}

/** Take profits of a unit: what rests, what is closed at market because its target was passed, what is too small to rest. */
export interface TargetPlan {
  readonly resting: readonly Bundle[]
  readonly closing: readonly Bundle[]
  readonly residue: readonly Allocation[]
}

/** What take profits of the unit may still close at the venue, whatever their state. */
function workingOf(unit: ProtectionUnit, book: TrancheBook): Quantity {
  const tranches = new Set(unit.parts.map((part) => part.tranche))
  let sum = NO_QUANTITY
  for (const order of book.orders.values()) {
    if (order.purpose !== 'takeProfit' || order.side !== unit.side) continue
    if (order.allocation.length === 0) sum = plus(sum, unfilledOf(order) ?? NO_QUANTITY)
    for (const part of unfilledParts(order)) if (tranches.has(part.tranche)) sum = plus(sum, part.quantity)
  }
  return sum
}

function isDue(unit: ProtectionUnit, target: Target, { mark, instantTakeProfit }: TargetRules): boolean {
  if (!instantTakeProfit) return false
  return target.isHit || (mark !== null && hasReached(unit.side, mark, target.price))
}

function bundleOf(unit: ProtectionUnit, target: Target, parts: readonly Allocation[]): Bundle {
  const { side, isPooled, reference } = unit
  const { price, level } = target
  return { side, isPooled, parts, price, level, reference, isPassed: false, isMerged: false }
}

/** The targets in turn take the unit's quantity between two offsets. */
function layOut(
  unit: ProtectionUnit,
  targets: readonly Target[],
  { from, to }: { from: Quantity; to: Quantity },
): Bundle[] {
  let offset = from
  return targets.flatMap((target) => {
    const size = smaller(target.quantity, larger(minus(to, offset), NO_QUANTITY))
    const parts = takeParts(unit.parts, size, offset)
    offset = plus(offset, size)
    return size > 0n ? [bundleOf(unit, target, parts)] : []
  })
}

/** A target below the minimum goes with the next one; the last with the one before (semantics §6). */
function joinSmall(bundles: readonly Bundle[], min: Quantity): { bundles: Bundle[]; tooSmall: readonly Allocation[] } {
  const joined: Bundle[] = []
  let carried: readonly Allocation[] = []
  for (const bundle of bundles) {
    const parts = sumByTranche([...carried, ...bundle.parts])
    const isEnough = sumOf(parts) >= min
    if (isEnough) joined.push({ ...bundle, parts })
    carried = isEnough ? [] : parts
  }
  const last = joined.pop()
  if (last === undefined) return { bundles: [], tooSmall: carried }
  return { bundles: [...joined, { ...last, parts: sumByTranche([...last.parts, ...carried]) }], tooSmall: [] }
}

/** Skips what exits in flight take of the due targets already. */
function closingBundles(
  unit: ProtectionUnit,
  due: readonly Target[],
  { from, to }: { from: Quantity; to: Quantity },
): Bundle[] {
  let skipped = from
  const left = due.flatMap((target) => {
    const skip = smaller(target.quantity, skipped)
    skipped = minus(skipped, skip)
    return skip < target.quantity ? [{ ...target, quantity: minus(target.quantity, skip) }] : []
  })
  return layOut(unit, left, { from, to })
}

/**
 * Take profits of a unit after `taken` (exits in flight and exits being intended) has been set aside. A passed target is not
 * closed at market before its resting order is gone: what that may still fill is subtracted first.
 */
export function planTargets(
  unit: ProtectionUnit,
  book: TrancheBook,
  { taken, rules }: { readonly taken: Quantity; readonly rules: TargetRules },
): TargetPlan {
  const { step, min } = rules
  const whole = sumOf(unit.parts)
  const due = unit.targets.filter((target) => isDue(unit, target, rules))
  const owed = due.reduce((sum, target) => plus(sum, target.quantity), NO_QUANTITY)
  const dueWhole = roundToStep(owed, step, 'down')
  const aside = larger(taken, dueWhole)

  const free = minus(minus(whole, taken), workingOf(unit, book))
  const closable = roundToStep(larger(smaller(minus(dueWhole, taken), free), NO_QUANTITY), step, 'down')
  const closing = carryResidue(closingBundles(unit, due, { from: taken, to: plus(taken, closable) }), step).bundles

  const [first, ...others] = unit.targets.filter((target) => !due.includes(target))
  const waiting =
    first === undefined ? [] : [{ ...first, quantity: plus(first.quantity, minus(owed, dueWhole)) }, ...others]
  const stepped = carryResidue(layOut(unit, waiting, { from: aside, to: whole }), step)
  const resting = joinSmall(stepped.bundles, min)
  return {
    resting: resting.bundles,
    closing: joinSmall(closing, min).bundles,
    residue: [...stepped.residue, ...resting.tooSmall],
  }
}
