import type { ModelAmounts, ModelBook, ModelReduction, ModelSide, ModelTranche } from './model-book.js'
import { collect, gain } from './profit.js'
import { climbByFill, countTowardLevels, isInFavour } from './stops.js'
import { add, greatest, isZero, multiply, quotient, type Ratio, subtract, total, ZERO } from '../exact/ratio.js'
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
    hasTrailed: false,
    openFees: new Map(),
    realizedFees: new Map(),
    unknownFees: 0,
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
  if (entry.fee === null || entry.feeAsset === null) tranche.unknownFees += 1
  else collect(tranche.openFees, entry.feeAsset, entry.fee)
}

/** Targets anew from the average; what was closed toward a level stays counted. */
export function retarget(tranche: ModelTranche, rules: ModelRules): void {
  const before = tranche.levels
  tranche.takeProfitPrice = targetFromEntry(tranche.side, tranche.entryPrice, rules)
  tranche.levels = levelsOf(tranche, rules).map((level, index) => {
    const { hit, filled } = before[index] ?? level
    return { ...level, hit, filled }
  })
}

/** Targets and stop anew from the new average; a stop that something else has moved only ever improves. */
function reanchor(tranche: ModelTranche, rules: ModelRules): void {
  retarget(tranche, rules)
  const stop = stopFromEntry(tranche.side, tranche.entryPrice, rules)
  // Trailing that has not moved the stop yet begins anew with the new average.
  const hasMoved = tranche.hasTrailed || (tranche.isTrailingForced && tranche.stopMovedBy !== 'entry')
  if (!hasMoved) tranche.trailingBest = null
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

/** Closes a part of a tranche at its own entry price; what is left climbs the ladder; the last part closes the tranche. */
export function reduceTranche(tranche: ModelTranche, exit: ModelExit, rules: ModelRules): ModelReduction {
  const realizedPnl = multiply(gain(tranche.side, tranche.entryPrice, exit.price), exit.quantity)
  const entryFee = moveEntryFees(tranche, quotient(exit.quantity, tranche.quantity))
  if (exit.fee === null || exit.feeAsset === null) tranche.unknownFees += 1
  else collect(tranche.realizedFees, exit.feeAsset, exit.fee)
  const { quantity, price, fee, time, tradeId, reason } = exit
  const reduction: ModelReduction = {
    quantity,
    price,
    realizedPnl,
    fee,
    entryFee,
    time,
    tradeId,
    reason,
    isCorrected: false,
  }
  tranche.reductions.push(reduction)
  tranche.realizedPnl = add(tranche.realizedPnl, realizedPnl)
  tranche.quantity = subtract(tranche.quantity, quantity)
  const counted = countTowardLevels(tranche, quantity, price)
  if (isZero(tranche.quantity)) {
    tranche.status = reason === 'liquidation' ? 'liquidated' : 'closed'
    tranche.exitTime = time
  } else climbByFill(tranche, counted, { price, rules })
  return reduction
}

/** Average price of everything that was closed; `null` while the tranche is open. */
export function exitPriceOf(tranche: ModelTranche): Ratio | null {
  if (tranche.exitTime === null) return null
  const closed = total(tranche.reductions.map((reduction) => reduction.quantity))
  return quotient(total(tranche.reductions.map(({ price, quantity }) => multiply(price, quantity))), closed)
}
