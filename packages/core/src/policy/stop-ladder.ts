import type { Tranche } from '../book/tranche.js'
import type { StopLadderName, SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, roundPrice } from '../instrument/instrument.js'
import { ALL_PERCENT, asPercent, type Percent } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { divide } from '../money/rounding.js'
import { isBetterExit } from './pnl.js'
import { priceOnTick, stopRounding, targetAt } from './targets.js'

/** What a stop may be computed from. */
export interface StopContext {
  readonly config: SymbolConfig
  readonly instrument: Instrument
}

/** What a stop rule may look at. */
export interface StopRuleContext extends StopContext {
  /** The mark that reached the level, or the fill that took it. */
  readonly price: Price
}

/** Where a stop should go, and the best mark a trailing stop follows from there on. */
export interface StopProposal {
  readonly price: Price
  readonly trailingBest: Price | null
}

/** Proposes a stop after level `hit` (1-based) was taken; `null` = leave it. Whatever it proposes, the stop never moves back. */
export type StopRule = (tranche: Tranche, hit: number, context: StopRuleContext) => StopProposal | null

/** Entry, or entry·(1+f)/(1−f) mirrored for SHORT where fees are included; to the tick toward an earlier stop. */
export function breakevenOf(tranche: Tranche, { config, instrument }: StopContext): Price {
  const holding = { side: tranche.side, cost: tranche.basisCost, quantity: tranche.basisQuantity }
  if (!config.breakevenIncludesFees)
    return targetAt(holding, asPercent(0n), { instrument, rounding: stopRounding(tranche.side) })
  const fee = config.takerFeePercent
  const [over, under] =
    tranche.side === 'LONG' ? [ALL_PERCENT + fee, ALL_PERCENT - fee] : [ALL_PERCENT - fee, ALL_PERCENT + fee]
  const share = { over, under: holding.quantity * under }
  return priceOnTick(holding.cost, share, { instrument, rounding: stopRounding(tranche.side) })
}

/** A price so many percent on the losing side of another, to the tick toward it. */
export function percentBehind(
  price: Price,
  percent: Percent,
  behind: { side: Tranche['side']; instrument: Instrument },
): Price {
  const factor = behind.side === 'LONG' ? ALL_PERCENT - percent : ALL_PERCENT + percent
  const rounding = stopRounding(behind.side)
  return roundPrice(behind.instrument, asPrice(divide(price * factor, ALL_PERCENT, rounding)), rounding)
}

function targetOf(tranche: Tranche, level: number): Price | null {
  return tranche.levels[level - 1]?.price ?? null
}

function fixed(price: Price | null): StopProposal | null {
  return price === null ? null : { price, trailingBest: null }
}

/** The built-in ladders (semantics §6). */
export const STOP_RULES: Readonly<Record<StopLadderName, StopRule>> = {
  BREAKEVEN_THEN_PREVIOUS: (tranche, hit, context) =>
    fixed(hit === 1 ? breakevenOf(tranche, context) : targetOf(tranche, hit - 1)),
  BREAKEVEN: (tranche, _hit, context) => fixed(breakevenOf(tranche, context)),
  PREVIOUS_TARGET: (tranche, hit) => fixed(targetOf(tranche, hit - 1)),
  TWO_TARGETS_BACK: (tranche, hit, context) =>
    fixed(hit === 2 ? breakevenOf(tranche, context) : targetOf(tranche, hit - 2)),
  PERCENT_BELOW_HIGHEST: (tranche, hit, { config, instrument }) => {
    const target = targetOf(tranche, hit)
    return target === null
      ? null
      : fixed(percentBehind(target, config.stopLadderPercent, { side: tranche.side, instrument }))
  },
  TRAIL_FROM_HERE: (tranche, hit, { config, instrument, price }) => {
    const target = targetOf(tranche, hit)
    if (target === null) return null
    const best = isBetterExit(tranche.side, price, target) ? price : target
    const distance = config.trailingStopPercent ?? config.stopLadderPercent
    return { price: percentBehind(best, distance, { side: tranche.side, instrument }), trailingBest: best }
  },
  NONE: () => null,
}

/** Whether a proposal moves the stop in the tranche's favour; anything else is not a move. */
export function improvesStop(tranche: Tranche, price: Price): boolean {
  return tranche.stopPrice === null || isBetterExit(tranche.side, price, tranche.stopPrice)
}

/**
 * Where a trailing stop should stand at this mark; `null` = nowhere better. Active once a stop of it stands, or as soon as the
 * profit reaches `trailingActivationPercent` (`null` = at once).
 */
export function trailingProposal(tranche: Tranche, mark: Price, context: StopContext): StopProposal | null {
  const { config, instrument } = context
  const percent = config.trailingStopPercent ?? (tranche.trailing === null ? null : config.stopLadderPercent)
  if (percent === null) return null
  if (tranche.trailing === null && !isActivated(tranche, mark, config)) return null
  const price = percentBehind(mark, percent, { side: tranche.side, instrument })
  return improvesStop(tranche, price) ? { price, trailingBest: mark } : null
}

function isActivated(tranche: Tranche, mark: Price, config: SymbolConfig): boolean {
  if (config.trailingActivationPercent === null) return true
  const gained =
    tranche.side === 'LONG'
      ? mark * tranche.basisQuantity - tranche.basisCost
      : tranche.basisCost - mark * tranche.basisQuantity
  return gained * ALL_PERCENT >= config.trailingActivationPercent * tranche.basisCost
}
