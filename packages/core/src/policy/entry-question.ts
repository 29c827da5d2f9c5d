import type { TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import type { TrancheGroup } from '../book/group.js'
import type { BookOrder } from '../book/order.js'
import { plus } from '../money/arithmetic.js'
import { type Money, NO_MONEY, notional } from '../money/money.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY } from '../money/quantity.js'
import type { EntryRefusal, EntryRequest } from './entry-answer.js'
import { trancheToJoin } from './entry-joining.js'
import { entriesInFlight } from './entry-in-flight.js'
import { unfilledOf } from './in-flight.js'

/** An entry request beside all that the limits compare it with. */
export interface EntryQuestion {
  readonly book: TrancheBook
  readonly request: EntryRequest
  readonly context: DecisionContext
  readonly group: TrancheGroup
  readonly mark: Price
  /** Limit price, or the mark for a market order. */
  readonly price: Price
  /** Entries of this side that may still fill. */
  readonly inFlight: readonly BookOrder[]
  /** Those that will open a tranche of their own. */
  readonly slotsInFlight: number
  readonly activeTranches: number
  readonly isolatedTranches: number
  /** False when it adds to a tranche that is open already. */
  readonly opensTranche: boolean
}

/** One limit. `null` = it has nothing against the entry. */
export type EntryRule = (question: EntryQuestion) => EntryRefusal | null

/** Quote value of what may still fill, at the limit price or the mark. */
export function valueInFlight(orders: readonly BookOrder[], mark: Price): Money {
  return orders.reduce<Money>(
    (sum, order) => plus(sum, notional(order.price ?? mark, unfilledOf(order) ?? NO_QUANTITY)),
    NO_MONEY,
  )
}

/** Whether an entry in flight will need a slot: unless the tranche it feeds is open already. */
export function takesSlot(group: TrancheGroup, order: BookOrder): boolean {
  const ids = [order.venueOrderId, order.clientOrderId]
  return !group.tranches.some(
    ({ id, entryOrderIds }) => id === order.entryTranche || entryOrderIds.some((entryId) => ids.includes(entryId)),
  )
}

/** Reads off the book and the context what the limits compare. */
export function askEntry(
  { book, request, context }: Pick<EntryQuestion, 'book' | 'request' | 'context'>,
  mark: Price,
): EntryQuestion {
  const group = book.groups[request.side]
  const price = request.price ?? mark
  const inFlight = entriesInFlight(book, request.side)
  const isolatedTranches = group.tranches.filter((tranche) => tranche.isolated).length
  return {
    book,
    request,
    context,
    group,
    mark,
    price,
    inFlight,
    slotsInFlight: inFlight.filter((order) => takesSlot(group, order)).length,
    activeTranches: group.tranches.length - isolatedTranches,
    isolatedTranches,
    opensTranche: request.tranche === null && trancheToJoin(group, price, context.config) === null,
  }
}
