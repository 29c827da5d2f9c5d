import type { PassedTrigger, TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { Side } from '../book/tranche.js'
import { areFiltersUnreadable } from '../instrument/instrument.js'
import type { Price } from '../money/price.js'
import {
  type DesiredExit,
  type DesiredOrder,
  exitOrders,
  failSafeOrder,
  orderSizeOf,
  stopOrders,
  TAKE_PROFIT_TYPE,
  takeProfitOrders,
} from './desired-orders.js'
import { freshMark } from './fresh-mark.js'
import { doubtfulStops, isFailing } from '../policy/order-failures.js'
import { stopMark } from './passed-trigger.js'
import { hasPassedStop } from './plan-exits.js'
import { planSide, type SidePlan } from './plan-side.js'
import { onSurmisedTicks } from './surmised-tick.js'
import type { Uncovered } from './uncovered.js'
import { conditionalOrders, type DegradationStep, type FittedOrders, fitRoom, freeRoom } from './venue-room.js'

/** What protection had to give up, and why. */
export interface Degradation {
  readonly step: DegradationStep
  readonly sides: readonly Side[]
  readonly reason: string
}

/** The protective orders that should rest at the venue, and what has to be closed at market instead. */
export interface ProtectionPlan {
  /** Stops (the most protective of each side first), fail-safes, take profits. */
  readonly orders: readonly DesiredOrder[]
  readonly exits: readonly DesiredExit[]
  /** Tranches whose stop has to close something at market: they wait for no limit exit of theirs. */
  readonly leaving: readonly string[]
  readonly degradation: Degradation | null
  /** What no order can close, with owner and reason: also what has no stop on purpose. */
  readonly uncovered: readonly Uncovered[]
  /** The fresh mark it was judged by; `null` = none. */
  readonly mark: Price | null
  /** By side, a trigger that the price is known to be past since a stop was refused there; `null` = none. */
  readonly passed: Readonly<Record<Side, PassedTrigger | null>>
  readonly time: number
}

function budgetOf(book: TrancheBook, context: DecisionContext): number | null {
  const free = freeRoom(book, context)
  return free === null ? null : free + conditionalOrders(book)
}

function fit(sides: readonly SidePlan[], book: TrancheBook, context: DecisionContext): FittedOrders {
  const needOf = (side: Side): SidePlan['failSafe']['need'] =>
    sides.find((plan) => plan.side === side)?.failSafe.need ?? 'never'
  return fitRoom(
    {
      stops: sides.flatMap((plan) => plan.stops),
      targets: sides.flatMap((plan) => plan.targets),
      targetType: TAKE_PROFIT_TYPE,
      failSafes: { LONG: needOf('LONG'), SHORT: needOf('SHORT') },
    },
    {
      budget: budgetOf(book, context),
      stopSize: orderSizeOf(context.instrument, 'STOP_MARKET'),
      targetSize: orderSizeOf(context.instrument, TAKE_PROFIT_TYPE),
    },
  )
}

/** Why a close-position stop stands in for finer ones that may not rest. */
function fallBackOf(failSafes: readonly Side[], { book, context }: Situation): Degradation | null {
  const failures = book.breakers.get('stop')?.failures ?? 0
  const reason = `${failures} stops in a row were refused`
  if (isFailing(book, 'stop', context.config))
    return failSafes.length === 0 ? null : { step: 'closePosition', sides: failSafes, reason }
  const sides = failSafes.filter((side) => doubtfulStops(book, side) > 0)
  const count = sides.reduce((sum, side) => sum + doubtfulStops(book, side), 0)
  if (count === 0) return null
  return { step: 'closePosition', sides, reason: `nobody knows yet whether the venue has ${count} of the stops` }
}

function degradationOf(
  fitted: FittedOrders,
  sides: readonly SidePlan[],
  { book, context }: Situation,
): Degradation | null {
  const coarse = sides
    .map((plan) => plan.side)
    .filter(
      (side) => fitted.closePosition.has(side) || fitted.stops.some((stop) => stop.side === side && stop.isMerged),
    )
  if (fitted.step !== null) {
    const wanted = sides.reduce((sum, plan) => sum + plan.stops.length, 0)
    const reason = `${wanted} stops are wanted, the venue has room for ${budgetOf(book, context) ?? 'any number of'} conditional orders`
    return { step: fitted.step, sides: coarse, reason }
  }
  if (coarse.length > 0)
    return {
      step: 'combineStops',
      sides: coarse,
      reason: 'stops below the minimum quantity of the venue cannot rest alone',
    }
  return fallBackOf(fitted.failSafes, { book, context })
}

interface Situation {
  readonly book: TrancheBook
  readonly context: DecisionContext
}

/**
 * What should rest at the venue for a book as it is: derived afresh each time, so that start, restart, reconnect and interference
 * by hand take the same path. `time` is now, in epoch ms; the mark in the context is judged by it.
 */
export function planProtection(book: TrancheBook, context: DecisionContext, time: number): ProtectionPlan {
  const { instrument } = context
  const mark = freshMark(book, context, time)
  const long = planSide('LONG', { book, context, mark, time })
  const short = planSide('SHORT', { book, context, mark, time })
  const sides = [long, short]
  const fitted = fit(sides, book, context)
  const failSafes = sides.flatMap(({ side, failSafe, passed }) => {
    const price = fitted.closePosition.get(side) ?? failSafe.price
    if (!fitted.failSafes.includes(side) || price === null) return []
    return [failSafeOrder(book, side, { price, isPassed: hasPassedStop(side, price, stopMark(side, mark, passed)) })]
  })
  const orders = [
    ...fitted.stops.flatMap((bundle) => stopOrders(book, bundle, instrument)),
    ...failSafes,
    ...fitted.targets.flatMap((bundle) => takeProfitOrders(book, bundle, instrument)),
  ]
  return {
    orders: areFiltersUnreadable(instrument) ? onSurmisedTicks(orders, book) : orders,
    exits: sides.flatMap(({ exits }) => [
      ...exits.reducing.flatMap((bundle) =>
        exitOrders(book, bundle, { reason: bundle.reason, instrument, isReducing: true }),
      ),
      ...exits.netted.flatMap((bundle) =>
        exitOrders(book, bundle, { reason: bundle.reason, instrument, isReducing: false }),
      ),
    ]),
    leaving: sides.flatMap((plan) => plan.leaving),
    degradation: degradationOf(fitted, sides, { book, context }),
    uncovered: sides.flatMap((plan) => plan.uncovered),
    mark,
    passed: { LONG: long.passed, SHORT: short.passed },
    time,
  }
}
