import type { Side, Tranche } from '../book/tranche.js'
import type { SlTpStrategy } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import { ALL_PERCENT, type Percent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { divide, type Rounding } from '../money/rounding.js'
import { stopRounding, takeProfitRounding } from '../policy/targets.js'

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

function averagePriceAt(
  tranches: readonly Tranche[],
  percents: readonly Percent[],
  to: { readonly side: Side; readonly isGain: boolean; readonly instrument: Instrument; readonly rounding: Rounding },
): Price | null {
  if (percents.length === 0) return null
  const cost = tranches.reduce((sum, tranche) => sum + tranche.cost, 0n)
  const quantity = tranches.reduce((sum, tranche) => sum + tranche.quantity, 0n)
  const whole = BigInt(percents.length) * ALL_PERCENT
  const moved = percents.reduce<bigint>((sum, percent) => sum + percent, 0n)
  const factor = (to.side === 'LONG') === to.isGain ? whole + moved : whole - moved
  const tick = to.instrument.tickSize === 0n ? 1n : to.instrument.tickSize
  return asPrice(divide(cost * factor, quantity * whole * tick, to.rounding) * tick)
}

function averageLevels(tranches: readonly Tranche[], side: Side, instrument: Instrument): CombinedLevels {
  const gains = tranches.map((tranche) => tranche.takeProfitPercent).filter((percent) => percent !== null)
  const losses = tranches.map((tranche) => tranche.stopLossPercent).filter((percent) => percent !== null)
  return {
    takeProfitPrice: averagePriceAt(tranches, gains, {
      side,
      isGain: true,
      instrument,
      rounding: takeProfitRounding(side),
    }),
    stopPrice: averagePriceAt(tranches, losses, { side, isGain: false, instrument, rounding: stopRounding(side) }),
    reference: null,
  }
}

/**
 * Where the combined pair of these open tranches of one side stands (semantics §7): at the levels of the newest, the oldest or the
 * best entry, or at their quantity-weighted entry and the plain means of their percentages. To the tick toward the entry.
 */
export function combinedLevels(
  tranches: readonly Tranche[],
  strategy: SlTpStrategy,
  instrument: Instrument,
): CombinedLevels {
  const [first, ...others] = tranches
  if (first === undefined) return NONE
  if (strategy === 'AVERAGE') return averageLevels(tranches, first.side, instrument)
  const takesOver = TAKES_OVER[strategy]
  const reference = others.reduce((best, candidate) => (takesOver(candidate, best) ? candidate : best), first)
  return { takeProfitPrice: reference.takeProfitPrice, stopPrice: reference.stopPrice, reference: reference.id }
}
