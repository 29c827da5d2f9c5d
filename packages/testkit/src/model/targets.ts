import type { ModelLevel, ModelSide, ModelTranche } from './model-book.js'
import type { ModelInstrument, ModelOptions } from './model-options.js'
import {
  add,
  downTo,
  greatest,
  HUNDRED,
  isPositive,
  isZero,
  least,
  multiply,
  ONE,
  order,
  quotient,
  ratio,
  type Ratio,
  subtract,
  total,
  upTo,
  ZERO,
} from '../exact/ratio.js'

/** What the model may look at besides the book. */
export interface ModelRules {
  readonly options: ModelOptions
  readonly instrument: ModelInstrument
}

/** A price this many percent in the side's favour (negative: against it). */
export function pricePercentAway(side: ModelSide, price: Ratio, percent: Ratio): Ratio {
  const share = quotient(percent, HUNDRED)
  return multiply(price, side === 'LONG' ? add(ONE, share) : subtract(ONE, share))
}

/** A take profit goes to the tick that fills earlier: toward the entry. */
function toTargetTick(side: ModelSide, price: Ratio, tick: Ratio): Ratio {
  return side === 'LONG' ? downTo(price, tick) : upTo(price, tick)
}

/** A stop goes to the tick that triggers earlier. */
export function toStopTick(side: ModelSide, price: Ratio, tick: Ratio): Ratio {
  return side === 'LONG' ? upTo(price, tick) : downTo(price, tick)
}

/** Where the entry alone puts the stop. */
export function stopFromEntry(side: ModelSide, entry: Ratio, rules: ModelRules): Ratio | null {
  const { slPercent } = rules.options
  if (slPercent === null) return null
  return toStopTick(side, pricePercentAway(side, entry, subtract(ZERO, slPercent)), rules.instrument.tickSize)
}

/** Where the entry puts the single take profit. */
export function targetFromEntry(side: ModelSide, entry: Ratio, rules: ModelRules): Ratio | null {
  const { tpPercent } = rules.options
  if (tpPercent === null) return null
  return toTargetTick(side, pricePercentAway(side, entry, tpPercent), rules.instrument.tickSize)
}

/** Shares of the levels in percent, normalized to 100; none where the levels cannot be used. */
function usableShares(options: ModelOptions): readonly Ratio[] {
  const { scaledTpLevels: levels } = options
  const isAscending = levels.every(({ profitPercent }, index) => {
    const before = levels[index - 1]
    return isPositive(profitPercent) && (before === undefined || order(before.profitPercent, profitPercent) < 0)
  })
  const isUsable = levels.every(
    ({ profitPercent, closePercent }) => order(profitPercent, HUNDRED) <= 0 && isPositive(closePercent),
  )
  if (!options.enableScaledTakeProfit || !isAscending || !isUsable) return []
  const sum = total(levels.map((level) => level.closePercent))
  return levels.map((level) => quotient(multiply(level.closePercent, HUNDRED), sum))
}

/** The smallest quantity that can be written. */
export const DUST = ratio(1n, 10n ** 12n)

/** What each level closes: shares down to the step, too small ones rolled on, all that remains at the end. */
function levelQuantities(shares: readonly Ratio[], quantity: Ratio, rules: ModelRules): readonly Ratio[] {
  const minimum = greatest(rules.options.scaledTpMinOrderSize, rules.instrument.minQuantity)
  const own = shares.map((share) => quotient(multiply(share, quantity), HUNDRED))
  const areAllTooSmall = own.every((size) => order(size, minimum) < 0)
  if (areAllTooSmall && rules.options.scaledTpFallbackToSingle) return []
  const smallest = isZero(rules.instrument.stepSize) ? DUST : rules.instrument.stepSize
  let remaining = quantity
  let rolled = ZERO
  return own.map((size, index) => {
    if (isZero(remaining)) return ZERO
    const isLast = index === own.length - 1
    const wanted = least(remaining, downTo(add(size, rolled), smallest))
    if (!isLast && (order(wanted, minimum) < 0 || isZero(wanted))) {
      rolled = add(rolled, size)
      return ZERO
    }
    const left = subtract(remaining, wanted)
    const closed = isLast || order(left, minimum) < 0 ? remaining : wanted
    remaining = subtract(remaining, closed)
    rolled = ZERO
    return closed
  })
}

/** The scaled take profit of a tranche; empty = single take profit. */
export function levelsOf(
  tranche: Pick<ModelTranche, 'side' | 'entryPrice' | 'originalQuantity'>,
  rules: ModelRules,
): ModelLevel[] {
  const quantities = levelQuantities(usableShares(rules.options), tranche.originalQuantity, rules)
  return quantities.map((quantity, index) => {
    const percent = rules.options.scaledTpLevels[index]?.profitPercent ?? ZERO
    const price = pricePercentAway(tranche.side, tranche.entryPrice, percent)
    return { price: toTargetTick(tranche.side, price, rules.instrument.tickSize), quantity, filled: ZERO, hit: false }
  })
}

/** Breakeven of an entry, with both fees where the options say so. */
export function breakeven(side: ModelSide, entry: Ratio, rules: ModelRules): Ratio {
  if (!rules.options.breakevenIncludesFees) return toStopTick(side, entry, rules.instrument.tickSize)
  const fee = quotient(rules.options.takerFeePercent, HUNDRED)
  const more = add(ONE, fee)
  const less = subtract(ONE, fee)
  const price = multiply(entry, side === 'LONG' ? quotient(more, less) : quotient(less, more))
  return toStopTick(side, price, rules.instrument.tickSize)
}
