import type { MarkLine } from '../lines/input-line.js'
import type { ModelBook, ModelLevel, ModelTranche } from './model-book.js'
import { gain, gainPercent, openTranches } from './profit.js'
import { isPositive, negative, order, parseRatio, type Ratio, ZERO } from '../exact/ratio.js'
import { breakeven, type ModelRules, pricePercentAway, toStopTick } from './targets.js'
import { moveStopInFavour } from './tranche-steps.js'

/** True where the price has reached a level on the side's way to profit. */
function hasReached(tranche: ModelTranche, price: Ratio, level: Ratio): boolean {
  return !isPositive(gain(tranche.side, price, level))
}

function isolateOrRelease(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  const { trancheIsolationThreshold, isolationReleasePercent } = rules.options
  const percent = gainPercent(tranche.side, tranche.entryPrice, price)
  if (!tranche.isolated) tranche.isolated = order(percent, negative(trancheIsolationThreshold)) <= 0
  else if (isolationReleasePercent !== null && order(percent, isolationReleasePercent) >= 0) tranche.isolated = false
}

/** Where the ladder puts the stop once level `hit` (counted from 0) was reached; `null` = nowhere. */
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
      return target(hit - 2)
    case 'PERCENT_BELOW_HIGHEST': {
      const highest = target(hit)
      if (highest === null) return null
      const price = pricePercentAway(tranche.side, highest, negative(rules.options.stopLadderPercent))
      return toStopTick(tranche.side, price, rules.instrument.tickSize)
    }
    default:
      return null
  }
}

function hitLevel(tranche: ModelTranche, level: ModelLevel, rules: ModelRules): void {
  level.hit = true
  const index = tranche.levels.indexOf(level)
  const rung = rungOf(tranche, index, rules)
  // The rules do not say what lies two targets back of the second one.
  if (rules.options.stopLadder === 'TWO_TARGETS_BACK' && index === 1) tranche.areTargetsOpen = true
  if (rung !== null) moveStopInFavour(tranche, rung, 'ladder')
  if (rules.options.stopLadder !== 'TRAIL_FROM_HERE') return
  tranche.isTrailingForced = true
  // The rules name no distance where none is configured.
  if (rules.options.trailingStopPercent === null) tranche.areTargetsOpen = true
}

function climbLadder(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  for (const level of tranche.levels) {
    if (!level.hit && isPositive(level.quantity) && hasReached(tranche, price, level.price)) {
      hitLevel(tranche, level, rules)
    }
  }
}

function isTrailing(tranche: ModelTranche, price: Ratio, rules: ModelRules): boolean {
  if (tranche.trailingBest !== null || tranche.isTrailingForced) return true
  const activation = rules.options.trailingActivationPercent
  return activation === null || order(gainPercent(tranche.side, tranche.entryPrice, price), activation) >= 0
}

function trail(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  const distance = rules.options.trailingStopPercent
  if (distance === null || !isTrailing(tranche, price, rules)) return
  if (tranche.trailingBest === null || isPositive(gain(tranche.side, tranche.trailingBest, price))) {
    tranche.trailingBest = price
  }
  const stop = pricePercentAway(tranche.side, tranche.trailingBest, negative(distance))
  moveStopInFavour(tranche, toStopTick(tranche.side, stop, rules.instrument.tickSize), 'trailing')
}

/** What a mark price does to the book while no order of ours is sent: isolation, release, ladder, trailing stop. */
export function applyMark(book: ModelBook, line: MarkLine, rules: ModelRules): void {
  const price = parseRatio(line.price)
  if (order(price, ZERO) <= 0 || line.time < book.markTime) return
  book.mark = price
  book.markTime = line.time
  for (const group of [book.groups.LONG, book.groups.SHORT]) {
    for (const tranche of openTranches(group)) {
      isolateOrRelease(tranche, price, rules)
      climbLadder(tranche, price, rules)
      trail(tranche, price, rules)
    }
  }
}
