import type { TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { Allocation } from '../book/order.js'
import { plus } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { assertLaw, groupOf, trancheOf } from './lookup.js'
import { mergeFigures } from './tranche-figures.js'

export function trancheMerged(book: TrancheBook, event: EventOf<'TrancheMerged'>): void {
  const group = groupOf(book, event.side)
  const into = trancheOf(book, event.side, event.tranche)
  const absorbed = event.absorbed.map((id) => trancheOf(book, event.side, id))
  const different = new Set([event.tranche, ...event.absorbed]).size
  assertLaw(different === absorbed.length + 1, book, () => `${event.tranche} cannot absorb itself, nor a tranche twice`)

  mergeFigures(into, absorbed, event)
  for (const from of absorbed) into.reductions.push(...from.reductions)
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
