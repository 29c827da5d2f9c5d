import type { TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { Allocation } from '../book/order.js'
import type { Amounts, Tranche } from '../book/tranche.js'
import { larger, plus } from '../money/arithmetic.js'
import { NO_MONEY } from '../money/money.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { addAmount, assertLaw, groupOf, trancheOf } from './lookup.js'
import { parseTargets } from './event-texts.js'

function addAmounts(into: Amounts, from: Amounts): void {
  for (const asset of Object.keys(from)) addAmount(into, asset, from[asset] ?? NO_MONEY)
}

function absorb(into: Tranche, from: Tranche): void {
  into.quantity = plus(into.quantity, from.quantity)
  into.cost = plus(into.cost, from.cost)
  into.realizedPnl = plus(into.realizedPnl, from.realizedPnl)
  into.exitQuantity = plus(into.exitQuantity, from.exitQuantity)
  into.exitNotional = plus(into.exitNotional, from.exitNotional)
  into.entryTime = Math.min(into.entryTime, from.entryTime)
  into.unknownFeeCount += from.unknownFeeCount
  into.priceEstimated ||= from.priceEstimated
  into.notes.push(...from.notes)
  into.entryOrderIds.push(...from.entryOrderIds)
  into.reductions.push(...from.reductions)
  addAmounts(into.openFees, from.openFees)
  addAmounts(into.realizedFees, from.realizedFees)
  addAmounts(into.funding, from.funding)
}

export function trancheMerged(book: TrancheBook, event: EventOf<'TrancheMerged'>): void {
  const targets = parseTargets(event)
  const group = groupOf(book, event.side)
  const into = trancheOf(book, event.side, event.tranche)
  const absorbed = event.absorbed.map((id) => trancheOf(book, event.side, id))
  const different = new Set([event.tranche, ...event.absorbed]).size
  assertLaw(different === absorbed.length + 1, book, () => `${event.tranche} cannot absorb itself, nor a tranche twice`)

  const owner = [into, ...absorbed].find((tranche) => tranche.stopPrice === targets.stopPrice)
  // From here on the stop guards several entries: a later join must not anchor it anew behind where it stands for one of them.
  const rung = owner?.stopRung ?? into.stopRung
  into.stopRung = rung === 'initial' ? 'ladder' : rung
  into.trailing = owner?.trailing ?? into.trailing
  for (const tranche of absorbed) absorb(into, tranche)
  into.basisCost = into.cost
  into.basisQuantity = into.quantity
  into.originalQuantity = larger(into.originalQuantity, into.quantity)
  Object.assign(into, targets)
  group.tranches = group.tranches.filter((tranche) => !absorbed.includes(tranche))
  renameMerged(book, event)
}

/** All that named an absorbed tranche now names the one it went into: estimates, fees owed, orders. */
function renameMerged(book: TrancheBook, event: EventOf<'TrancheMerged'>): void {
  const rename = (part: { tranche: string }): void => {
    if (event.absorbed.includes(part.tranche)) part.tranche = event.tranche
  }
  for (const estimate of book.groups[event.side].estimates) {
    estimate.parts.forEach(rename)
    estimate.parts = joinParts(estimate.parts)
  }
  for (const window of [book.fills.older, book.fills.seen])
    for (const memory of window.values())
      memory.owed?.forEach((owed) => (owed.side === event.side ? rename(owed) : undefined))
  for (const order of [...book.orders.values(), ...book.endedOrders.values()]) {
    order.allocation.forEach(rename)
    if (order.entryTranche !== null && event.absorbed.includes(order.entryTranche)) order.entryTranche = event.tranche
  }
}

/** One part per tranche, in order of appearance. */
function joinParts(parts: readonly Allocation[]): Allocation[] {
  const sums = new Map<string, Quantity>()
  for (const { tranche, quantity } of parts) sums.set(tranche, plus(sums.get(tranche) ?? NO_QUANTITY, quantity))
  return [...sums].map(([tranche, quantity]) => ({ tranche, quantity }))
}
