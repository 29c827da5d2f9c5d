import type { Side, TakeProfitLevel, Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import { negate } from '../money/arithmetic.js'
import type { Money } from '../money/money.js'
import { ALL_PERCENT, type Percent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { divide, type Rounding } from '../money/rounding.js'
import { planLevels } from './take-profit.js'
import type { Holding } from './pnl.js'

/** How a price goes to the venue's tick. */
export interface TickRounding {
  readonly instrument: Instrument
  readonly rounding: Rounding
}

/** Cost is cut at its last decimal wherever a part was closed: what so many cuts can take away must not cost a tick. */
const CUTS = 16n
/** Cuts that would weigh more than this part of a price's last decimal are left alone: prices may differ from a tick by as little. */
const SMALL_PART = 10_000n

/** Cost · over ÷ under as a price on the tick, in the named direction; what only cuts keep off a tick is on it. */
export function priceOnTick(
  cost: Money,
  { over, under }: { readonly over: bigint; readonly under: bigint },
  { instrument, rounding }: TickRounding,
): Price {
  const tick = instrument.tickSize === 0n ? 1n : instrument.tickSize
  const divisor = under * tick
  const slack = CUTS * over * SMALL_PART < under ? CUTS * over : 0n
  const dividend = rounding === 'up' ? cost * over - slack : rounding === 'down' ? cost * over + slack : cost * over
  return asPrice(divide(dividend, divisor, rounding) * tick)
}

/** Exact price at a percentage from the entry, then to the tick in the named direction. */
export function targetAt(holding: Holding, percent: Percent, to: TickRounding): Price {
  const over = holding.side === 'LONG' ? ALL_PERCENT + percent : ALL_PERCENT - percent
  return priceOnTick(holding.cost, { over, under: holding.quantity * ALL_PERCENT }, to)
}

/** Toward the entry from above for LONG: an earlier fill. */
export function takeProfitRounding(side: Side): Rounding {
  return side === 'LONG' ? 'down' : 'up'
}

/** Toward the entry from below for LONG: an earlier stop. */
export function stopRounding(side: Side): Rounding {
  return side === 'LONG' ? 'up' : 'down'
}

/** Targets of a tranche at its average entry. */
export interface Targets {
  readonly takeProfitPrice: Price | null
  readonly stopPrice: Price | null
  readonly levels: readonly TakeProfitLevel[]
}

/** What {@link anchorTargets} is asked. */
export interface AnchorRequest {
  readonly holding: Holding
  /** Largest quantity the tranche ever had, this fill included. */
  readonly originalQuantity: Tranche['originalQuantity']
  readonly takeProfitPercent: Percent | null
  readonly stopLossPercent: Percent | null
}

/**
 * Take profit, stop and scaled levels of a tranche computed anew from its average entry (semantics §2, §6). A percentage that leads to
 * a price of 0 or below (100 % and more under the entry) has no target: such a level takes no part.
 */
export function anchorTargets(request: AnchorRequest, config: SymbolConfig, instrument: Instrument): Targets {
  const { holding, takeProfitPercent, stopLossPercent } = request
  const at = (percent: Percent | null, rounding: Rounding): Price | null => {
    if (percent === null) return null
    const price = targetAt(holding, percent, { instrument, rounding })
    return price > 0n ? price : null
  }
  const priced = config.scaledTpLevels.flatMap((level) => {
    const price = at(level.profitPercent, takeProfitRounding(holding.side))
    return price === null ? [] : [{ ...level, price }]
  })
  return {
    takeProfitPrice: at(takeProfitPercent, takeProfitRounding(holding.side)),
    stopPrice: at(stopLossPercent === null ? null : negate(stopLossPercent), stopRounding(holding.side)),
    levels: planLevels(request.originalQuantity, priced, { config, instrument }),
  }
}
