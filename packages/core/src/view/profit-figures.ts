import type { Side } from '../book/tranche.js'
import { asMoney, type Money } from '../money/money.js'
import { ALL_PERCENT, asPercent, type Percent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { divide } from '../money/rounding.js'
import { type Holding, pnlAt } from '../policy/pnl.js'

/** Result of an open lot at the mark; 0 for nothing, `null` where the mark is unknown. */
export function unrealizedAt(holding: Holding, mark: Price | null): Money | null {
  if (holding.quantity === 0n) return asMoney(0n)
  return mark === null ? null : pnlAt(holding, mark)
}

/** An amount in percent of a base, to 12 decimals, nearest; `null` where either is unknown or the base is 0. */
export function percentOf(amount: Money | null, base: Money | null): Percent | null {
  if (amount === null || base === null || base === 0n) return null
  return asPercent(divide(amount * ALL_PERCENT, base, 'nearest'))
}

/** Cost ÷ leverage, to 24 decimals, nearest. */
export function marginOf(cost: Money, leverage: number): Money {
  return asMoney(divide(cost, BigInt(Math.max(1, Math.floor(leverage))), 'nearest'))
}

/** What an exit price must make good for. */
export interface ExitCosts {
  /** Entry fees of what is open, in quote; `null` = unknown. */
  readonly openFees: Money | null
  /** Fee of the exit, percent of its notional. */
  readonly takerFeePercent: Percent
}

/**
 * The price at which closing what is open earns back its entry fees and pays the exit fee; to 12 decimals, away from the entry.
 * `null` for nothing open or unknown fees.
 */
export function breakevenAfterFees({ side, cost, quantity }: Holding, costs: ExitCosts): Price | null {
  if (quantity === 0n || costs.openFees === null) return null
  const { openFees, takerFeePercent } = costs
  if (side === 'LONG')
    return asPrice(divide((cost + openFees) * ALL_PERCENT, quantity * (ALL_PERCENT - takerFeePercent), 'up'))
  return asPrice(divide((cost - openFees) * ALL_PERCENT, quantity * (ALL_PERCENT + takerFeePercent), 'down'))
}

/** The more and the less favourable of the two extremes. */
export function excursionsOf(
  side: Side,
  highest: Price | null,
  lowest: Price | null,
): { best: Price | null; worst: Price | null } {
  return side === 'LONG' ? { best: highest, worst: lowest } : { best: lowest, worst: highest }
}
