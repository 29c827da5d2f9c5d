import type { Side, Tranche } from '../book/tranche.js'
import type { SlTpStrategy } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import { plus } from '../money/arithmetic.js'
import { NO_MONEY } from '../money/money.js'
import { ALL_PERCENT } from '../money/percent.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { priceOnTick, stopRounding, takeProfitRounding, type TickRounding } from '../policy/targets.js'

/** Take profit and stop of a combined pair; `null` = none. */
export interface CombinedLevels {
  readonly takeProfitPrice: Price | null
  readonly stopPrice: Price | null
  /** Tranche they were taken from; `null` for `AVERAGE`. */
  readonly reference: string | null
}

const NONE: CombinedLevels = { takeProfitPrice: null, stopPrice: null, reference: null }

/** Whether the average entry of `left` is the better one to hold, without rounding. */
function isBetterEntry(left: Tranche, right: Tranche): boolean {
  const difference = left.basisCost * right.basisQuantity - right.basisCost * left.basisQuantity
  return left.side === 'LONG' ? difference < 0n : difference > 0n
}

/** Whether a later candidate takes the place of the one before it. Among equals the newest is the last, else the first. */
const TAKES_OVER: Readonly<Record<Exclude<SlTpStrategy, 'AVERAGE'>, (candidate: Tranche, best: Tranche) => boolean>> = {
  NEWEST: (candidate, best) => candidate.entryTime >= best.entryTime,
  OLDEST: (candidate, best) => candidate.entryTime < best.entryTime,
  BEST_ENTRY: isBetterEntry,
}

/** A level as a part of its entry, exactly: `over` ÷ `under`. */
interface Factor {
  readonly over: bigint
  readonly under: bigint
}

function targetFactor({ side, takeProfitPercent: percent }: Tranche): Factor | null {
  if (percent === null) return null
  return { over: side === 'LONG' ? ALL_PERCENT + percent : ALL_PERCENT - percent, under: ALL_PERCENT }
}

/** By its percentage, until a rung has moved the stop: from then on where it stands. */
function stopFactor({ side, stopLossPercent: percent, stopPrice, ...tranche }: Tranche): Factor | null {
  if (stopPrice === null) return null
  if (percent === null || tranche.stopRung !== 'initial')
    return { over: stopPrice * tranche.basisQuantity, under: tranche.basisCost }
  return { over: side === 'LONG' ? ALL_PERCENT - percent : ALL_PERCENT + percent, under: ALL_PERCENT }
}

/** The quantity-weighted entry, moved by the plain mean of the factors; `null` without any, or where that is no price. */
function averagePrice(
  tranches: readonly Tranche[],
  factors: readonly (Factor | null)[],
  to: TickRounding,
): Price | null {
  const own = factors.filter((factor) => factor !== null)
  if (own.length === 0) return null
  const cost = tranches.reduce((sum, tranche) => plus(sum, tranche.cost), NO_MONEY)
  const quantity = tranches.reduce((sum, tranche) => plus(sum, tranche.quantity), NO_QUANTITY)
  const sum = own.reduce((left, right) => ({
    over: left.over * right.under + right.over * left.under,
    under: left.under * right.under,
  }))
  const price = priceOnTick(cost, { over: sum.over, under: sum.under * quantity * BigInt(own.length) }, to)
  return price > 0n ? price : null
}

function averageLevels(tranches: readonly Tranche[], side: Side, instrument: Instrument): CombinedLevels {
  const target = { instrument, rounding: takeProfitRounding(side) }
  const stop = { instrument, rounding: stopRounding(side) }
  return {
    takeProfitPrice: averagePrice(tranches, tranches.map(targetFactor), target),
    stopPrice: averagePrice(tranches, tranches.map(stopFactor), stop),
    reference: null,
  }
}

/**
 * Where the combined pair of these open tranches of one side stands (semantics §7): at the levels of the newest, the oldest or the
 * best entry, or at their quantity-weighted entry and the plain means of their percentages. To the tick toward the entry. A tranche
 * without a stop is no reference beside one that has a stop, which would lose it.
 */
export function combinedLevels(
  tranches: readonly Tranche[],
  strategy: SlTpStrategy,
  instrument: Instrument,
): CombinedLevels {
  const stopped = tranches.filter((tranche) => tranche.stopPrice !== null)
  const [first, ...others] = stopped.length > 0 ? stopped : tranches
  if (first === undefined) return NONE
  if (strategy === 'AVERAGE') return averageLevels(tranches, first.side, instrument)
  const takesOver = TAKES_OVER[strategy]
  const reference = others.reduce((best, candidate) => (takesOver(candidate, best) ? candidate : best), first)
  return { takeProfitPrice: reference.takeProfitPrice, stopPrice: reference.stopPrice, reference: reference.id }
}
