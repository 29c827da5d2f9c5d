import type { Because } from '../book/because.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import { plus } from '../money/arithmetic.js'
import { NO_MONEY } from '../money/money.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY } from '../money/quantity.js'
import { holdingOf } from '../policy/isolation.js'
import { isBetterExit, pnlPercentAt } from '../policy/pnl.js'
import { type Decision, record } from './decision.js'
import { reanchor, targetTexts } from './open-tranche.js'

/** The stop nearest to profit: merging takes no tranche's stop back. `null` only when none has one. */
function mostProtective(tranches: readonly Tranche[]): Price | null {
  return tranches.reduce<Price | null>((best, { side, stopPrice }) => {
    if (stopPrice === null || best === null) return best ?? stopPrice
    return isBetterExit(side, stopPrice, best) ? stopPrice : best
  }, null)
}

/** Records that tranches of one side become one, quantity-weighted, keeping the oldest's id. */
export function mergeTranches(decision: Decision, tranches: readonly Tranche[], because: Because): void {
  // Groups keep their tranches in order of creation, which decides among entries of one millisecond.
  const { LONG, SHORT } = decision.book.groups
  const inOrder = [...LONG.tranches, ...SHORT.tranches].filter((tranche) => tranches.includes(tranche))
  const [oldest, ...absorbed] = inOrder.toSorted((left, right) => left.entryTime - right.entryTime)
  if (oldest === undefined || absorbed.length === 0) return
  const cost = tranches.reduce((sum, tranche) => plus(sum, tranche.cost), NO_MONEY)
  const quantity = tranches.reduce((sum, tranche) => plus(sum, tranche.quantity), NO_QUANTITY)
  const targets = { ...reanchor(decision, oldest, { cost, quantity }), stopPrice: mostProtective(tranches) }
  record(
    decision,
    {
      type: 'TrancheMerged',
      tranche: oldest.id,
      side: oldest.side,
      absorbed: absorbed.map((tranche) => tranche.id),
      ...targetTexts(targets),
    },
    { because },
  )
}

/** The two open tranches with the best P&L %: those that merging changes least for the worse. */
export function leastLossy(group: TrancheGroup, mark: Price): readonly Tranche[] {
  return group.tranches
    .map((tranche) => ({ tranche, percent: pnlPercentAt(holdingOf(tranche), mark) }))
    .toSorted((left, right) => (left.percent > right.percent ? -1 : left.percent < right.percent ? 1 : 0))
    .slice(0, 2)
    .map(({ tranche }) => tranche)
}
