import type { Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, roundQuantity } from '../instrument/instrument.js'
import { minus, negate, plus, smaller } from '../money/arithmetic.js'
import { ALL_PERCENT, asPercent, type Percent } from '../money/percent.js'
import type { Price } from '../money/price.js'
import { asQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { divide } from '../money/rounding.js'
import { type Holding, isAtLeast, isAtMost } from './pnl.js'

/** A tranche's remaining lot at its average entry. */
export function holdingOf(tranche: Tranche): Holding {
  return { side: tranche.side, cost: tranche.cost, quantity: tranche.quantity }
}

/** P&L % ≤ −threshold, bound included, and not isolated yet. */
export function mustIsolate(tranche: Tranche, mark: Price, config: SymbolConfig): boolean {
  return !tranche.isolated && isAtMost(holdingOf(tranche), mark, negate(config.trancheIsolationThreshold))
}

/** Isolated, release is on, and P&L % has risen to it. */
export function mayRelease(tranche: Tranche, mark: Price, config: SymbolConfig): boolean {
  const percent = config.isolationReleasePercent
  return percent !== null && tranche.isolated && isAtLeast(holdingOf(tranche), mark, percent)
}

/** P&L % at which an isolated tranche counts as recovered: the threshold, plus both fees where breakeven includes them. */
export function recoveryPercent(tranche: Tranche, config: SymbolConfig): Percent {
  if (!config.breakevenIncludesFees) return config.trancheRecoveryThreshold
  const fee = config.takerFeePercent
  // Breakeven after fees is entry·(1+f)/(1−f) for LONG, mirrored for SHORT: 2f/(1−f) or 2f/(1+f) away from the entry.
  const under = tranche.side === 'LONG' ? ALL_PERCENT - fee : ALL_PERCENT + fee
  return plus(config.trancheRecoveryThreshold, asPercent(divide(2n * fee * ALL_PERCENT, under, 'up')))
}

/** Isolated, auto-close is on, and P&L % has recovered. */
export function hasRecovered(tranche: Tranche, mark: Price, config: SymbolConfig): boolean {
  if (!config.trancheAutoCloseIsolated || !tranche.isolated) return false
  return isAtLeast(holdingOf(tranche), mark, recoveryPercent(tranche, config))
}

/** What PARTIAL_CLOSE closes of a tranche: its percentage down to the step, never so much that less than the minimum margin is left. */
export function partialCloseQuantity(tranche: Tranche, config: SymbolConfig, instrument: Instrument): Quantity {
  const wanted = asQuantity((tranche.quantity * config.isolationClosePercent) / ALL_PERCENT)
  const keep = quantityForMargin(tranche, config)
  const most = keep >= tranche.quantity ? NO_QUANTITY : minus(tranche.quantity, keep)
  return roundQuantity(instrument, smaller(wanted, most))
}

/** The smallest quantity whose margin (cost ÷ leverage) is at least the configured minimum. */
function quantityForMargin(tranche: Tranche, config: SymbolConfig): Quantity {
  const margin = config.isolatedTrancheMinMargin
  if (margin === null || tranche.cost === 0n) return NO_QUANTITY
  return asQuantity(divide(margin * BigInt(tranche.leverage) * tranche.quantity, tranche.cost, 'up'))
}
