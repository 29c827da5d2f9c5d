import type { MarkLine } from '../lines/input-line.js'
import type { ModelBook, ModelTranche } from './model-book.js'
import { gainPercent, openTranches } from './profit.js'
import { negative, order, parseRatio, type Ratio, ZERO } from '../exact/ratio.js'
import { climbByMark, trail } from './stops.js'
import type { ModelRules } from './targets.js'

function isolateOrRelease(tranche: ModelTranche, price: Ratio, rules: ModelRules): void {
  const { trancheIsolationThreshold, isolationReleasePercent } = rules.options
  const percent = gainPercent(tranche.side, tranche.entryPrice, price)
  if (!tranche.isolated) tranche.isolated = order(percent, negative(trancheIsolationThreshold)) <= 0
  else if (isolationReleasePercent !== null && order(percent, isolationReleasePercent) >= 0) tranche.isolated = false
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
      climbByMark(tranche, price, rules)
      trail(tranche, price, rules)
    }
  }
}
