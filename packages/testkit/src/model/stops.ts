import type { ModelLevel, ModelSide, ModelTranche } from './model-book.js'
import { gain } from './profit.js'
import { isPositive, isZero, least, negative, order, type Ratio, subtract } from '../exact/ratio.js'
import { breakeven, type ModelRules, pricePercentAway, toStopTick } from './targets.js'

/** True where a stop there is better than the one that stands, or none stands. */
export function isInFavour(side: ModelSide, from: Ratio | null, to: Ratio): boolean {
  return from === null || isPositive(gain(side, from, to))
}

/** Moves a stop where that is in the tranche's favour; says whether it moved. */
export function moveStopInFavour(tranche: ModelTranche, to: Ratio, by: ModelTranche['stopMovedBy']): boolean {
  if (!isInFavour(tranche.side, tranche.stopPrice, to)) return false
  tranche.stopPrice = to
  tranche.stopMovedBy = by
  if (by === 'trailing') tranche.hasTrailed = true
  return true
}

/** True where the price has reached a level on the side's way to profit. */
function hasReached(side: ModelSide, price: Ratio, level: Ratio): boolean {
  return !isPositive(gain(side, price, level))
}

function percentBehind(tranche: ModelTranche, price: Ratio, at: { percent: Ratio; rules: ModelRules }): Ratio {
  const stop = pricePercentAway(tranche.side, price, negative(at.percent))
  return toStopTick(tranche.side, stop, at.rules.instrument.tickSize)
}

/** Where the ladder puts the stop once level `hit` (counted from 0) was taken; `null` = nowhere. */
function rungOf(tranche: ModelTranche, hit: number, rules: ModelRules): Ratio | null {
  const target = (index: number): Ratio | null => tranche.levels[index]?.price ?? null
  const entry = breakeven(tranche.side, tranche.entryPrice, rules)
  switch (rules.options.stopLadder) {
    case 'BREAKEVEN_THEN_PREVIOUS':
      return hit === 0 ? entry : target(hit - 1)
    case 'BREAKEVEN':
      return entry
    case 'PREVIOUS_TARGET':
      return target(hit - 1)
    case 'TWO_TARGETS_BACK':
      return hit === 1 ? entry : target(hit - 2)
    case 'PERCENT_BELOW_HIGHEST': {
      const highest = target(hit)
      return highest === null
        ? null
        : percentBehind(tranche, highest, { percent: rules.options.stopLadderPercent, rules })
    }
    default:
      return null
  }
}

/** Trailing from the better of the level's target and the price that took it, whatever the activation says. */
function trailFromHere(tranche: ModelTranche, level: ModelLevel, at: { price: Ratio; rules: ModelRules }): void {
  const best = hasReached(tranche.side, at.price, level.price) ? at.price : level.price
  const { trailingStopPercent, stopLadderPercent } = at.rules.options
  tranche.isTrailingForced = true
  if (tranche.trailingBest === null || isInFavour(tranche.side, tranche.trailingBest, best)) tranche.trailingBest = best
  const stop = percentBehind(tranche, best, { percent: trailingStopPercent ?? stopLadderPercent, rules: at.rules })
  moveStopInFavour(tranche, stop, 'ladder')
}

function climb(tranche: ModelTranche, hits: readonly ModelLevel[], at: { price: Ratio; rules: ModelRules }): void {
  for (const level of hits) level.hit = true
  const highest = hits.at(-1)
  if (highest === undefined) return
  const rung = rungOf(tranche, tranche.levels.indexOf(highest), at.rules)
  if (rung !== null) moveStopInFavour(tranche, rung, 'ladder')
  if (at.rules.options.stopLadder === 'TRAIL_FROM_HERE') trailFromHere(tranche, highest, at)
}

/** Levels that a mark reaches for the first time, and the rung of the highest of them. */
export function climbByMark(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  const hits = tranche.levels.filter(
    (level) => !level.hit && isPositive(level.quantity) && hasReached(tranche.side, price, level.price),
  )
  climb(tranche, hits, { price, rules })
}

/** A closing part counts toward the levels whose price it reached, lowest first; within one step is taken. */
export function countTowardLevels(tranche: ModelTranche, quantity: Ratio, price: Ratio): readonly ModelLevel[] {
  let left = quantity
  return tranche.levels.filter((level) => {
    const owed = subtract(level.quantity, level.filled)
    if (!isPositive(owed) || !isPositive(left) || !hasReached(tranche.side, price, level.price)) return false
    const taken = least(left, owed)
    level.filled = subtract(level.quantity, subtract(owed, taken))
    left = subtract(left, taken)
    return true
  })
}

/** The ladder after a close at a price, where something is left open. */
export function climbByFill(
  tranche: ModelTranche,
  counted: readonly ModelLevel[],
  at: { price: Ratio; rules: ModelRules },
): void {
  const { stepSize } = at.rules.instrument
  const hits = counted.filter((level) => {
    const owed = subtract(level.quantity, level.filled)
    return !level.hit && (isZero(owed) || order(owed, stepSize) < 0)
  })
  climb(tranche, hits, at)
}

function isTrailing(tranche: ModelTranche, price: Ratio, activation: Ratio | null): boolean {
  if (tranche.trailingBest !== null || tranche.isTrailingForced || activation === null) return true
  return hasReached(tranche.side, price, pricePercentAway(tranche.side, tranche.entryPrice, activation))
}

/** Lets a trailing stop follow a mark. */
export function trail(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  const { trailingStopPercent, stopLadderPercent, trailingActivationPercent } = rules.options
  const percent = trailingStopPercent ?? (tranche.isTrailingForced ? stopLadderPercent : null)
  if (percent === null || !isTrailing(tranche, price, trailingActivationPercent)) return
  if (tranche.trailingBest === null || isInFavour(tranche.side, tranche.trailingBest, price))
    tranche.trailingBest = price
  moveStopInFavour(tranche, percentBehind(tranche, tranche.trailingBest, { percent, rules }), 'trailing')
}
