import type { ModelAmounts, ModelBook, ModelReduction, ModelSide, ModelTranche } from './model-book.js'
import { collect, gain } from './profit.js'
import {
  add,
  greatest,
  isPositive,
  isZero,
  multiply,
  order,
  quotient,
  type Ratio,
  subtract,
  total,
  ZERO,
} from '../exact/ratio.js'
import { levelsOf, type ModelRules, stopFromEntry, targetFromEntry } from './targets.js'

/** An entry, or the part of a fill that is one. `fee: null` = not known. */
export interface ModelEntry {
  readonly side: ModelSide
  readonly quantity: Ratio
  readonly price: Ratio
  readonly fee: Ratio | null
  readonly feeAsset: string | null
  readonly time: number
}

/** A part of a tranche to be closed. */
export interface ModelExit {
  readonly quantity: Ratio
  readonly price: Ratio
  readonly fee: Ratio | null
  readonly feeAsset: string | null
  readonly time: number
  readonly tradeId: string | null
  readonly reason: string
}

/** Opens a tranche; its targets come from its entry. */
export function openTranche(book: ModelBook, entry: ModelEntry, rules: ModelRules): ModelTranche {
  const tranche: ModelTranche = {
    id: `T${book.nextSequence}`,
    sequence: book.nextSequence,
    label: null,
    side: entry.side,
    status: 'open',
    isolated: false,
    entryPrice: entry.price,
    quantity: entry.quantity,
    originalQuantity: entry.quantity,
    entryTime: entry.time,
    takeProfitPrice: targetFromEntry(entry.side, entry.price, rules),
    stopPrice: stopFromEntry(entry.side, entry.price, rules),
    stopMovedBy: 'entry',
    levels: [],
    trailingBest: null,
    isTrailingForced: false,
    openFees: new Map(),
    realizedFees: new Map(),
    hasUnknownFee: false,
    funding: new Map(),
    realizedPnl: ZERO,
    exitTime: null,
    reductions: [],
    areTargetsOpen: false,
  }
  book.nextSequence += 1
  tranche.levels = levelsOf(tranche, rules)
  payEntryFee(tranche, entry)
  book.groups[entry.side].tranches.push(tranche)
  return tranche
}

function payEntryFee(tranche: ModelTranche, entry: ModelEntry): void {
  if (entry.fee === null || entry.feeAsset === null) tranche.hasUnknownFee = true
  else collect(tranche.openFees, entry.feeAsset, entry.fee)
}

function isInFavour(side: ModelSide, from: Ratio | null, to: Ratio): boolean {
  return from === null || isPositive(gain(side, from, to))
}

/** Moves a stop where that is in the tranche's favour; says whether it moved. */
export function moveStopInFavour(tranche: ModelTranche, to: Ratio, by: ModelTranche['stopMovedBy']): boolean {
  if (!isInFavour(tranche.side, tranche.stopPrice, to)) return false
  tranche.stopPrice = to
  tranche.stopMovedBy = by
  return true
}

/** Targets anew from the new average; a stop that something else has moved only ever improves. */
function reanchor(tranche: ModelTranche, rules: ModelRules): void {
  const hits = tranche.levels.map((level) => level.hit)
  tranche.takeProfitPrice = targetFromEntry(tranche.side, tranche.entryPrice, rules)
  tranche.levels = levelsOf(tranche, rules).map((level, index) => ({ ...level, hit: hits[index] ?? false }))
  const stop = stopFromEntry(tranche.side, tranche.entryPrice, rules)
  // Trailing that has not moved the stop yet begins anew with the new average.
  if (tranche.stopMovedBy !== 'trailing') tranche.trailingBest = null
  if (tranche.stopMovedBy === 'entry') {
    tranche.stopPrice = stop
  } else if (stop !== null && isInFavour(tranche.side, tranche.stopPrice, stop)) tranche.stopPrice = stop
}

/** Adds a fill to a tranche: average entry by cost, targets anew. */
export function increaseTranche(tranche: ModelTranche, entry: ModelEntry, rules: ModelRules): void {
  const cost = add(multiply(tranche.entryPrice, tranche.quantity), multiply(entry.price, entry.quantity))
  tranche.quantity = add(tranche.quantity, entry.quantity)
  tranche.entryPrice = quotient(cost, tranche.quantity)
  tranche.originalQuantity = greatest(tranche.originalQuantity, tranche.quantity)
  payEntryFee(tranche, entry)
  reanchor(tranche, rules)
}

/** Moves the part of the open fees that belongs to `share` of the tranche to the realized ones. */
function moveEntryFees(tranche: ModelTranche, share: Ratio): ModelAmounts {
  const moved: ModelAmounts = new Map()
  for (const [asset, amount] of tranche.openFees) {
    const part = multiply(amount, share)
    moved.set(asset, part)
    tranche.openFees.set(asset, subtract(amount, part))
    collect(tranche.realizedFees, asset, part)
  }
  return moved
}

/** Closes a part of a tranche at its own entry price; the last part closes the tranche. */
export function reduceTranche(tranche: ModelTranche, exit: ModelExit): ModelReduction {
  // The rules do not say whether a close that no order of a level asked for counts as that level.
  const isBeyond = tranche.levels.some(
    (level) => !level.hit && !isPositive(gain(tranche.side, exit.price, level.price)),
  )
  if (isBeyond) tranche.areTargetsOpen = true
  const realizedPnl = multiply(gain(tranche.side, tranche.entryPrice, exit.price), exit.quantity)
  const entryFee = moveEntryFees(tranche, quotient(exit.quantity, tranche.quantity))
  if (exit.fee === null || exit.feeAsset === null) tranche.hasUnknownFee = true
  else collect(tranche.realizedFees, exit.feeAsset, exit.fee)
  const { quantity, price, fee, time, tradeId, reason } = exit
  const reduction: ModelReduction = { quantity, price, realizedPnl, fee, entryFee, time, tradeId, reason }
  tranche.reductions.push(reduction)
  tranche.realizedPnl = add(tranche.realizedPnl, realizedPnl)
  tranche.quantity = subtract(tranche.quantity, quantity)
  if (isZero(tranche.quantity)) {
    tranche.status = reason === 'liquidation' ? 'liquidated' : 'closed'
    tranche.exitTime = time
  }
  return reduction
}

/** Average price of everything that was closed; `null` while the tranche is open. */
export function exitPriceOf(tranche: ModelTranche): Ratio | null {
  if (tranche.exitTime === null) return null
  const closed = total(tranche.reductions.map((reduction) => reduction.quantity))
  return quotient(total(tranche.reductions.map(({ price, quantity }) => multiply(price, quantity))), closed)
}

/** Merges open tranches into the oldest: quantity-weighted entry; the rules are silent about its targets. */
export function mergeTranches(tranches: readonly ModelTranche[]): void {
  const [survivor, ...absorbed] = [...tranches].sort((left, right) => left.sequence - right.sequence)
  if (survivor === undefined) return
  for (const tranche of absorbed) {
    const cost = add(multiply(survivor.entryPrice, survivor.quantity), multiply(tranche.entryPrice, tranche.quantity))
    survivor.quantity = add(survivor.quantity, tranche.quantity)
    survivor.entryPrice = quotient(cost, survivor.quantity)
    for (const [asset, amount] of tranche.openFees) collect(survivor.openFees, asset, amount)
    tranche.quantity = ZERO
    tranche.openFees = new Map()
    tranche.status = 'merged'
  }
  if (order(survivor.originalQuantity, survivor.quantity) < 0) survivor.originalQuantity = survivor.quantity
  survivor.areTargetsOpen = true
}
