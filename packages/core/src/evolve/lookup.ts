import { streamOf, type TrancheBook } from '../book/book.js'
import type { AverageCost, TrancheGroup } from '../book/group.js'
import type { BookOrder, PositionSide } from '../book/order.js'
import type { Side, Tranche } from '../book/tranche.js'
import { InvariantError } from '../errors.js'

/** Throws unless the law holds. The recipe that asks has written nothing yet. */
export function assertLaw(holds: boolean, book: TrancheBook, message: () => string): asserts holds {
  if (!holds) breakLaw(book, message())
}

/** The group of that side. @throws {InvariantError} `book.invariant` for any other side. */
export function groupOf(book: TrancheBook, side: Side): TrancheGroup {
  return Object.hasOwn(book.groups, side) ? book.groups[side] : breakLaw(book, `no side ${side}`)
}

/** The venue's position of that name. @throws {InvariantError} `book.invariant` for any other name. */
export function positionOf(book: TrancheBook, positionSide: PositionSide): AverageCost {
  const isKnown = Object.hasOwn(book.averageCost, positionSide)
  return isKnown ? book.averageCost[positionSide] : breakLaw(book, `no position ${positionSide}`)
}

/** The open tranche of that id. @throws {InvariantError} `book.invariant` when there is none. */
export function trancheOf(book: TrancheBook, side: Side, id: string): Tranche {
  const { tranches } = groupOf(book, side)
  for (let index = 0; index < tranches.length; index += 1) {
    const tranche = tranches[index]
    if (tranche?.id === id) return tranche
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

/** Whether a group has nothing open; its peak starts anew then. */
export function forgetPeakWhenFlat(group: TrancheGroup): void {
  if (group.quantity === 0n) group.peakQuantity = group.quantity
}
