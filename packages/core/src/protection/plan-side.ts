import type { PassedTrigger, TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import type { Instrument } from '../instrument/instrument.js'
import { larger, minus, plus } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { type Bundle, byTrigger, sumByTranche, sumOf } from './bundle.js'
import { reducingExitsInFlight } from '../policy/in-flight.js'
import { type FailSafePlan, planFailSafe } from './plan-fail-safe.js'
import { passedTrigger, stopMark } from './passed-trigger.js'
import { type StopSplit, splitStop, takenByExits, withoutTaken } from './plan-exits.js'
import { planStops, type StopPlan } from './plan-stops.js'
import { planTargets, type TargetPlan } from './plan-targets.js'
import { type ProtectionUnit, unitsOf } from './protection-unit.js'
import { type SideCapacity, sideCapacity } from './side-capacity.js'
import { type ExitBundle, type SideExits, sideExits } from './side-exits.js'
import { sideTargets } from './side-targets.js'
import { type Uncovered, uncoveredParts } from './uncovered.js'

/** What one side wants, before the venue's room is looked at. */
export interface SidePlan {
  readonly side: Side
  readonly stops: readonly Bundle[]
  readonly targets: readonly Bundle[]
  readonly exits: Pick<SideExits, 'reducing' | 'netted'>
  readonly uncovered: readonly Uncovered[]
  readonly failSafe: FailSafePlan
  /** Tranches of which something has to be closed at market because of their stop, whatever exits of theirs are in flight. */
  readonly leaving: readonly string[]
  /** A trigger that the price is known to be past since a refusal; `null` = none. */
  readonly passed: PassedTrigger | null
}

/** What a side is planned from. */
export interface SideRules {
  readonly book: TrancheBook
  readonly context: DecisionContext
  /** A fresh mark, or `null`. */
  readonly mark: Price | null
  /** Now, epoch ms. */
  readonly time: number
}

interface UnitPlan {
  readonly unit: ProtectionUnit
  readonly split: StopSplit
  /** Exits that the stop needs now. */
  readonly leaving: readonly Allocation[]
  readonly targets: TargetPlan
}

interface UnitRules {
  readonly rules: SideRules
  readonly taken: ReadonlyMap<string, Quantity>
  readonly canFailSafe: boolean
  readonly passed: PassedTrigger | null
}

function planUnit(
  unit: ProtectionUnit,
  { rules: { book, context, mark, time }, taken, canFailSafe, passed }: UnitRules,
): UnitPlan {
  const { config, instrument } = context
  const split = splitStop(unit, book, {
    config,
    instrument,
    mark: stopMark(unit.side, mark, passed),
    canFailSafe,
    time,
  })
  const leaving = withoutTaken(split.closing, taken)
  const inFlight = minus(sumOf(unit.parts), sumOf(withoutTaken(unit.parts, taken)))
  const { stepSize: step, minQuantity: min } = instrument
  const rules = { mark, instantTakeProfit: config.instantTakeProfit, step, min }
  return { unit, split, leaving, targets: planTargets(unit, book, { taken: plus(inFlight, sumOf(leaving)), rules }) }
}

function stopBundle(unit: ProtectionUnit, parts: readonly Allocation[], isPassed: boolean): Bundle[] {
  const { side, isPooled, stopPrice: price, reference } = unit
  if (price === null || parts.length === 0) return []
  return [{ side, price, parts, isPooled, level: null, reference, isPassed, isMerged: false }]
}

function exitBundles({ unit, split, leaving, targets }: UnitPlan): ExitBundle[] {
  const reason = split.isPassed ? 'stop' : 'unprotectable'
  const stops = stopBundle(unit, leaving, split.isPassed).map((bundle) => ({ ...bundle, reason }) as const)
  return [...stops, ...targets.closing.map((bundle) => ({ ...bundle, reason: 'takeProfit' }) as const)]
}

function unstopped(
  side: Side,
  plans: readonly UnitPlan[],
  { stops, capacity }: { stops: StopPlan; capacity: SideCapacity },
): Uncovered[] {
  const bare = plans.filter(({ unit }) => unit.stopPrice === null).flatMap(({ unit }) => unit.parts)
  return [
    ...uncoveredParts(bare, { side, kind: 'stop', reason: 'noStop' }),
    ...uncoveredParts(stops.residue, { side, kind: 'stop', reason: 'belowStep' }),
    ...uncoveredParts(stops.tooSmall, { side, kind: 'stop', reason: 'belowMinimum' }),
    ...uncoveredParts(stops.cut, { side, kind: 'stop', reason: capacity.limit ?? 'belowMinimum' }),
  ]
}

/** Of units whose stop has passed: what is too small to go at market. */
function tooSmallToLeave({ uncovered }: SideExits, plans: readonly UnitPlan[]): readonly Uncovered[] {
  const passed = plans.filter(({ split }) => split.isPassed).flatMap(({ leaving }) => leaving)
  return uncovered.filter(
    ({ reason, tranche }) => reason !== 'venueHoldsLess' && passed.some((part) => part.tranche === tranche),
  )
}

interface StopsBeside {
  readonly stops: StopPlan
  /** What market exits leave open, and no stop takes up. */
  readonly uncovered: readonly Uncovered[]
}

/** The stops of a side. What has to go at market and is too small for it goes with the next stop, where that makes a step. */
function stopsBeside(
  exits: SideExits,
  plans: readonly UnitPlan[],
  { instrument: { stepSize: step, minQuantity: min }, capacity }: { instrument: Instrument; capacity: SideCapacity },
): StopsBeside {
  const rules = { step, min, capacity: capacity.quantity }
  const wanted = byTrigger(plans.flatMap(({ unit, split }) => stopBundle(unit, split.resting, split.isPassed)))
  const stops = planStops(wanted, rules)
  const stuck = tooSmallToLeave(exits, plans)
  const next = wanted.find(({ isPassed }) => !isPassed)
  if (stuck.length === 0 || next === undefined || plus(sumOf(stuck), sumOf(stops.residue)) < step)
    return { stops, uncovered: exits.uncovered }
  const together = { ...next, parts: sumByTranche([...next.parts, ...stuck]) }
  return {
    stops: planStops(
      wanted.map((bundle) => (bundle === next ? together : bundle)),
      rules,
    ),
    uncovered: exits.uncovered.filter((part) => !stuck.includes(part)),
  }
}

/** Nothing is open, so nothing is wanted. */
function emptyPlan(side: Side): SidePlan {
  const exits = { reducing: [], netted: [] }
  return {
    side,
    stops: [],
    targets: [],
    exits,
    uncovered: [],
    failSafe: { need: 'never', price: null },
    leaving: [],
    passed: null,
  }
}

/** Stops, take profits and market exits that the open tranches of a side should have now. */
export function planSide(side: Side, rules: SideRules): SidePlan {
  const { book, context, mark, time } = rules
  if (book.groups[side].tranches.length === 0) return emptyPlan(side)
  const { config, instrument } = context
  const units = unitsOf(book, side, context)
  const capacity = sideCapacity(book, side, config)
  const canFailSafe = capacity.quantity > 0n && units.every((unit) => unit.stopPrice !== null)
  const taken = takenByExits(book, side)
  const passed = passedTrigger(book, side, { ...context, time })
  const plans = units.map((unit) => planUnit(unit, { rules, taken, canFailSafe, passed }))

  const inFlight = [...taken.values()].reduce((sum, quantity) => plus(sum, quantity), NO_QUANTITY)
  const exitRoom = larger(minus(capacity.quantity, inFlight), NO_QUANTITY)
  const rest = { side, instrument, limit: capacity.limit }
  const exits = sideExits(plans.flatMap(exitBundles), { ...rest, room: exitRoom, mark })
  const { stops, uncovered } = stopsBeside(exits, plans, { instrument, capacity })

  const leaving = sumOf(exits.reducing.flatMap((bundle) => bundle.parts))
  const targetRoom = minus(capacity.quantity, plus(reducingExitsInFlight(book, side), leaving))
  const targets = sideTargets(
    plans.map((plan) => plan.targets),
    { ...rest, room: larger(targetRoom, NO_QUANTITY) },
  )
  return {
    side,
    stops: stops.bundles,
    targets: targets.targets,
    exits,
    uncovered: [...unstopped(side, plans, { stops, capacity }), ...targets.uncovered, ...uncovered],
    failSafe: planFailSafe(units, stops, { book, context, side, canFailSafe }),
    leaving: plans.flatMap(({ split }) => split.closing.map(({ tranche }) => tranche)),
    passed,
  }
}
