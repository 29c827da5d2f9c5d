import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import { roundPrice } from '../instrument/instrument.js'
import type { Price } from '../money/price.js'
import { isBetterExit } from '../policy/pnl.js'
import { stopRounding } from '../policy/targets.js'
import { doubtfulStops, isFailing } from '../policy/order-failures.js'
import type { StopPlan } from './plan-stops.js'
import type { ProtectionUnit } from './protection-unit.js'
import type { FailSafeNeed } from './venue-room.js'

/** Whether a side gets a close-position stop, and where. */
export interface FailSafePlan {
  readonly need: FailSafeNeed
  /** Worst stop of the side, on the tick; `null` = none has a stop. */
  readonly price: Price | null
}

/** What a fail-safe depends on besides the stops. */
export interface FailSafeRules {
  readonly book: TrancheBook
  readonly context: DecisionContext
  readonly side: Side
  /** False where it would close more than has a stop. */
  readonly canFailSafe: boolean
}

function worstStop(units: readonly ProtectionUnit[], { book, context, side }: FailSafeRules): Price | null {
  const own = book.groups[side].tranches.map((tranche) => tranche.stopPrice)
  const prices = [...units.map((unit) => unit.stopPrice), ...own].filter((price) => price !== null)
  const [first, ...others] = prices
  if (first === undefined) return null
  const worst = others.reduce((so, price) => (isBetterExit(side, so, price) ? price : so), first)
  return roundPrice(context.instrument, worst, stopRounding(side))
}

function needOf(stops: StopPlan, { book, context, side, canFailSafe }: FailSafeRules): FailSafeNeed {
  const { config } = context
  if (!canFailSafe) return 'never'
  if (stops.tooSmall.length > 0 || isFailing(book, 'stop', config) || doubtfulStops(book, side) > 0) return 'must'
  if (!config.failSafeStop) return 'lastResort'
  const isCoarse = config.protection === 'COMBINED' || stops.bundles.some((bundle) => bundle.isMerged)
  return isCoarse || stops.cut.length > 0 ? 'wanted' : 'whenDegraded'
}

/**
 * One close-position stop at the worst stop of the side wherever finer stops are virtual, combined or degraded (`failSafeStop`);
 * whatever that option says, where a finer stop cannot rest at all, or nobody knows whether it does.
 */
export function planFailSafe(units: readonly ProtectionUnit[], stops: StopPlan, rules: FailSafeRules): FailSafePlan {
  const price = worstStop(units, rules)
  return price === null ? { need: 'never', price } : { need: needOf(stops, rules), price }
}
