import { streamOf, type TrancheBook } from '../book/book.js'
import type { TrancheGroup } from '../book/group.js'
import type { BookOrder } from '../book/order.js'
import type { Amounts, Side, Tranche } from '../book/tranche.js'
import { InvariantError } from '../errors.js'
import type { Money } from '../money/money.js'

/** Throws unless the law holds. The recipe that asks has written nothing yet. */
export function assertLaw(holds: boolean, book: TrancheBook, message: () => string): asserts holds {
  if (!holds) breakLaw(book, message())
}

/** The open tranche of that id. @throws {InvariantError} `book.invariant` when there is none. */
export function trancheOf(book: TrancheBook, side: Side, id: string): Tranche {
  const tranches = book.groups[side].tranches
  for (let index = 0; index < tranches.length; index += 1) {
    const tranche = tranches[index]
    if (tranche !== undefined && tranche.id === id) return tranche
  }
  return breakLaw(book, `no open ${side} tranche ${id}`)
}

/** The working order of that client id. @throws {InvariantError} `book.invariant` when there is none. */
export function orderOf(book: TrancheBook, clientOrderId: string): BookOrder {
  return book.orders.get(clientOrderId) ?? breakLaw(book, `no working order ${clientOrderId}`)
}

function breakLaw(book: TrancheBook, message: string): never {
  throw new InvariantError('book.invariant', `${streamOf(book)} at version ${book.version}: ${message}`, {
    details: { stream: streamOf(book), version: book.version },
  })
}

/** Adds to the amount of one asset. */
export function addAmount(amounts: Amounts, asset: string, amount: Money): void {
  amounts[asset] = ((amounts[asset] ?? 0n) + amount) as Money
}

/** Whether a group has nothing open; its peak starts anew then. */
export function forgetPeakWhenFlat(group: TrancheGroup): void {
  if (group.quantity === 0n) group.peakQuantity = group.quantity
}
