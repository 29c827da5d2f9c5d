import type { ModelBook, ModelTranche } from './model-book.js'
import { collect, oldestFirst } from './profit.js'
import { add, greatest, multiply, quotient, type Ratio, ZERO } from '../exact/ratio.js'
import { isInFavour } from './stops.js'
import type { ModelRules } from './targets.js'
import { retarget } from './tranche-steps.js'

/** The tranche whose stop is nearest to profit; the oldest of those that are equally near. */
function bestProtected(tranches: readonly ModelTranche[]): ModelTranche {
  return tranches.reduce((best, tranche) => {
    const isBetter = tranche.stopPrice !== null && isInFavour(tranche.side, best.stopPrice, tranche.stopPrice)
    return isBetter ? tranche : best
  })
}

function absorb(survivor: ModelTranche, tranche: ModelTranche): void {
  const cost = (one: ModelTranche): Ratio => multiply(one.entryPrice, one.quantity)
  const quantity = add(survivor.quantity, tranche.quantity)
  survivor.entryPrice = quotient(add(cost(survivor), cost(tranche)), quantity)
  survivor.quantity = quantity
  survivor.realizedPnl = add(survivor.realizedPnl, tranche.realizedPnl)
  survivor.unknownFees += tranche.unknownFees
  survivor.reductions.push(...tranche.reductions)
  for (const kind of ['openFees', 'realizedFees', 'funding'] as const) {
    for (const [asset, amount] of tranche[kind]) collect(survivor[kind], asset, amount)
    tranche[kind] = new Map()
  }
  tranche.quantity = ZERO
  tranche.realizedPnl = ZERO
  tranche.status = 'merged'
}

function rename(book: ModelBook, from: ModelTranche, to: ModelTranche): void {
  for (const [order, tranche] of book.trancheOfOrder) if (tranche === from) book.trancheOfOrder.set(order, to)
  for (const estimate of book.groups[to.side].estimates) if (estimate.tranche === from) estimate.tranche = to
}

/** Merges open tranches of one side into the oldest: average entry by cost, the most protective stop, targets computed anew. */
export function mergeTranches(book: ModelBook, tranches: readonly ModelTranche[], rules: ModelRules): void {
  const [survivor, ...absorbed] = [...tranches].sort(oldestFirst)
  if (survivor === undefined || absorbed.length === 0) return
  const owner = bestProtected([survivor, ...absorbed])
  const { stopPrice, stopMovedBy, trailingBest, isTrailingForced, hasTrailed } = owner
  for (const tranche of absorbed) {
    absorb(survivor, tranche)
    rename(book, tranche, survivor)
  }
  survivor.originalQuantity = greatest(survivor.originalQuantity, survivor.quantity)
  retarget(survivor, rules)
  survivor.stopPrice = stopPrice
  survivor.stopMovedBy = stopMovedBy === 'entry' ? 'ladder' : stopMovedBy
  survivor.areTargetsOpen ||= absorbed.some((tranche) => tranche.areTargetsOpen)
  survivor.trailingBest = trailingBest ?? survivor.trailingBest
  survivor.isTrailingForced ||= isTrailingForced
  survivor.hasTrailed ||= hasTrailed
}
