import type { TakeProfitLevel, Tranche } from '../book/tranche.js'
import type { ScaledLevel, SymbolConfig } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import { larger, minus, smaller } from '../money/arithmetic.js'
import { notional } from '../money/money.js'
import { ALL_PERCENT } from '../money/percent.js'
import type { Price } from '../money/price.js'
import { asQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { hasReached } from './pnl.js'

/** A configured level with its price for one tranche. */
export type PricedLevel = ScaledLevel & { readonly price: Price }

interface Rules {
  readonly config: SymbolConfig
  readonly instrument: Instrument
}

function isLargeEnough(quantity: Quantity, price: Price, { config, instrument }: Rules): boolean {
  if (quantity <= 0n) return false
  const minimum = larger(config.scaledTpMinOrderSize, instrument.minQuantity)
  return quantity >= minimum && notional(price, quantity) >= instrument.minNotional
}

/** Configured shares of a tranche that one level closes: its own, and those that rolled into it. */
interface Shares {
  readonly percent: bigint
  /** How many of them were cut at the twelfth decimal. */
  readonly cuts: bigint
}

const NO_SHARES: Shares = { percent: 0n, cuts: 0n }

/** Nobody writes more than nine decimals of a percentage: those that have more are what normalizing left of a fraction. */
const WRITTEN = 1000n

function withLevel({ percent, cuts }: Shares, { closePercent }: ScaledLevel): Shares {
  return { percent: percent + closePercent, cuts: closePercent % WRITTEN === 0n ? cuts : cuts + 1n }
}

/**
 * Configured shares of the original quantity, down to the step. A percentage carries 12 decimals, so a third is short (or long) by
 * up to one unit of those: shares that miss a whole step by no more than that are that step.
 */
function quantityOf(original: Quantity, { percent, cuts }: Shares, { stepSize }: Instrument): Quantity {
  const unit = ALL_PERCENT * (stepSize === 0n ? 1n : stepSize)
  const lost = original * cuts < unit ? original * cuts : unit - 1n
  const units = (original * percent + lost) / unit
  return smaller(original, asQuantity((units * unit) / ALL_PERCENT))
}

/**
 * What each level closes of a tranche (semantics §6): its share of the original quantity, down to the step; a share below the
 * minimum is skipped and rolls, unrounded, into the next level; a remainder below the minimum closes with the level before it; the
 * last level takes all that remains, what rounding left over included. Σ = the original quantity. Empty when scaled take profit is
 * off, or falls back to the single one because every level by itself is below the minimum.
 */
export function planLevels(
  original: Quantity,
  levels: readonly PricedLevel[],
  rules: Rules,
): readonly TakeProfitLevel[] {
  if (!rules.config.enableScaledTakeProfit || levels.length === 0) return []
  const alone = (level: PricedLevel): Quantity => quantityOf(original, withLevel(NO_SHARES, level), rules.instrument)
  const anyAlone = levels.some((level) => isLargeEnough(alone(level), level.price, rules))
  if (!anyAlone && rules.config.scaledTpFallbackToSingle) return []

  let remaining = original
  let rolled = NO_SHARES
  return levels.map((level, index): TakeProfitLevel => {
    const { profitPercent, closePercent, price } = level
    const shares = withLevel(rolled, level)
    const wanted = quantityOf(original, shares, rules.instrument)
    const quantity = dueAt({ wanted, remaining, isLast: index === levels.length - 1, price }, rules)
    rolled = quantity === 0n ? shares : NO_SHARES
    remaining = minus(remaining, quantity)
    return { profitPercent, closePercent, price, quantity, filled: NO_QUANTITY, hitTime: null }
  })
}

interface Due {
  readonly wanted: Quantity
  readonly remaining: Quantity
  readonly isLast: boolean
  readonly price: Price
}

function dueAt({ wanted, remaining, isLast, price }: Due, rules: Rules): Quantity {
  if (isLast) return remaining
  const capped = smaller(wanted, remaining)
  if (!isLargeEnough(capped, price, rules)) return NO_QUANTITY
  const left = minus(remaining, capped)
  return isLargeEnough(left, price, rules) ? capped : remaining
}

/** A level takes part in counting: it has something to close, and something of that is left. */
export function owes(level: TakeProfitLevel): boolean {
  return level.quantity > level.filled
}

/** Closing quantity attributed to one level (1-based). */
export interface LevelFill {
  readonly level: number
  readonly quantity: Quantity
  /** The level counts as taken: nothing of it, or less than one step, is left. */
  readonly isHit: boolean
}

/** Evidence of which level a closing fill belongs to. */
export interface LevelEvidence {
  readonly quantity: Quantity
  readonly price: Price
  /** The level the fill's own order stood for; `null` = judge by price. */
  readonly level: number | null
}

/** Which take-profit levels a closing part fills: its order's level, else every level whose price it reached, lowest first. */
export function countTowardLevels(
  tranche: Tranche,
  evidence: LevelEvidence,
  instrument: Instrument,
): readonly LevelFill[] {
  const fills: LevelFill[] = []
  let left = evidence.quantity
  for (const [index, level] of tranche.levels.entries()) {
    if (left === 0n || !owes(level)) continue
    const isMeant =
      evidence.level === null ? hasReached(tranche.side, evidence.price, level.price) : evidence.level === index + 1
    if (!isMeant) continue
    const quantity = smaller(left, minus(level.quantity, level.filled))
    const rest = minus(minus(level.quantity, level.filled), quantity)
    left = minus(left, quantity)
    fills.push({ level: index + 1, quantity, isHit: rest === 0n || rest < instrument.stepSize })
  }
  return fills
}

/** Levels (1-based, ascending) that a fresh mark reaches for the first time. */
export function levelsReached(tranche: Tranche, mark: Price): readonly number[] {
  return tranche.levels.flatMap((level, index) =>
    level.hitTime === null && level.quantity > 0n && hasReached(tranche.side, mark, level.price) ? [index + 1] : [],
  )
}
