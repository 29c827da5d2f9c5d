import { rememberedOrder, type TrancheBook } from '../book/book.js'
import { namedByFill } from '../book/name.js'
import type { BookOrder } from '../book/order.js'
import type { Side, Tranche } from '../book/tranche.js'
import type { FillInput } from '../observe/inputs.js'
import { larger, minus, negate, smaller } from '../money/arithmetic.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { ourQuantity } from '../policy/reconcile.js'
import { mayReorder, unmatchedInVenueOrder, unmatchedOf } from '../policy/waiting-closes.js'

/** What a fill does to the groups: closes up to something of one, opens the rest in the other or the same. */
export interface Direction {
  readonly closes: Side | null
  /** Where a quantity that closes nothing opens; `null` = nowhere (hedge exits cannot flip). */
  readonly opens: Side | null
}

/** The order of ours that a fill belongs to, by client id, venue id, or the id its triggered child got; ended ones count too. */
export function ownOrderOf(book: TrancheBook, fill: FillInput): BookOrder | null {
  const named = fill.clientOrderId === null ? undefined : rememberedOrder(book, fill.clientOrderId)
  if (named !== undefined) return named
  if (fill.orderId === null) return null
  for (const orders of [book.orders, book.endedOrders])
    for (const order of orders.values())
      if (order.venueOrderId === fill.orderId || order.childOrderId === fill.orderId) return order
  return null
}

/** The open tranche of a side that a fill names; `null` = none, or more than one: then the fill goes as if it named none. */
export function namedTranche(book: TrancheBook, side: Side, name: string | null): Tranche | null {
  const [first = null, ...others] = name === null ? [] : namedByFill(name, book.groups[side].tranches)
  return others.length === 0 ? first : null
}

function otherSide(side: Side): Side {
  return side === 'LONG' ? 'SHORT' : 'LONG'
}

/**
 * Whether a fill enters or leaves, and on which side: hedge mode says so itself, one-way mode is judged by intent, name, then
 * position. What an exit sent without a guard does not close has opened the other side at the venue.
 */
export function directionOf(book: TrancheBook, fill: FillInput, order: BookOrder | null): Direction {
  const grows: Side = fill.side === 'BUY' ? 'LONG' : 'SHORT'
  const shrinks = otherSide(grows)
  if (fill.positionSide !== 'BOTH')
    return fill.positionSide === grows ? { closes: null, opens: grows } : { closes: shrinks, opens: null }
  if (order !== null) {
    const isGuarded = order.reduceOnly || order.closePosition
    return order.purpose === 'entry'
      ? { closes: null, opens: grows }
      : { closes: shrinks, opens: isGuarded ? null : grows }
  }
  if (namedTranche(book, shrinks, fill.tranche) !== null) return { closes: shrinks, opens: grows }
  if (namedTranche(book, grows, fill.tranche) !== null) return { closes: null, opens: grows }
  return { closes: shrinks, opens: grows }
}

/** How a fill's quantity splits, Σ = the fill. */
export interface FillSplit {
  readonly closing: Quantity
  readonly opening: Quantity
  readonly unmatched: Quantity
}

/**
 * An exit closes what is open; the rest is unmatched. One that came out of the venue's order closes only what was open in that
 * order, so that what entered later stays open, as it does at the venue.
 */
function splitExit(
  book: TrancheBook,
  fill: FillInput,
  { direction, quantity, closing }: { direction: Direction; quantity: Quantity; closing: Quantity },
): FillSplit {
  const side = direction.closes
  const rest = minus(quantity, closing)
  if (side === null || fill.positionSide === 'BOTH' || !mayReorder(book, side, fill))
    return { closing, opening: NO_QUANTITY, unmatched: rest }
  const { time, tradeId } = fill
  const inOrder = unmatchedInVenueOrder(book, side, { time, tradeId, net: negate(quantity) })
  const unmatched = larger(rest, smaller(quantity, minus(inOrder, unmatchedOf(book, side))))
  return { closing: minus(quantity, unmatched), opening: NO_QUANTITY, unmatched }
}

/**
 * What the venue held of a side beyond us, as what is left of a fill met it: by the venue's last report and the fills since. It began
 * before our first fill, or the report was ahead of an entry that is still to come. 0 where no report differs, and where the report may
 * have seen other fills of a book that has traded: they are still to come.
 */
function heldBeyond(book: TrancheBook, fill: FillInput, { side, left }: { side: Side; left: Quantity }): Quantity {
  const check = book.checks.BOTH
  if (check === null || check.status === 'synced') return NO_QUANTITY
  const isSeen = fill.time <= check.time
  if (isSeen && book.nextTranche > 1) return NO_QUANTITY
  let venue = isSeen ? minus(check.quantity, fill.side === 'BUY' ? left : negate(left)) : check.quantity
  for (const fills of [book.fills.older, book.fills.seen])
    for (const { time, net } of fills.values()) if (time > check.time) venue = minus(venue, net)
  const beyond = minus(venue, ourQuantity(book, 'BOTH'))
  const [held, more] = side === 'LONG' ? [venue, beyond] : [negate(venue), negate(beyond)]
  return larger(smaller(held, more), NO_QUANTITY)
}

/**
 * Splits what is left of a fill. In one-way mode a position may have begun before our first fill: what of a fill closes that is left
 * unmatched, not guessed into an entry. The venue's report and the fills since say how much that is; without a report, a result that
 * the venue realized while we have nothing that could be closed says that it is all.
 */
export function splitFill(
  book: TrancheBook,
  fill: FillInput,
  to: { direction: Direction; quantity: Quantity },
): FillSplit {
  const { direction, quantity } = to
  const open = direction.closes === null ? NO_QUANTITY : book.groups[direction.closes].quantity
  const closing = smaller(quantity, open)
  const rest = minus(quantity, closing)
  const startsUnknown =
    closing === 0n && direction.closes !== null && fill.realizedPnl !== null && fill.realizedPnl !== 0n
  if (direction.opens === null || startsUnknown) return splitExit(book, fill, { direction, quantity, closing })
  const side = direction.closes
  const unmatched = side === null ? NO_QUANTITY : smaller(rest, heldBeyond(book, fill, { side, left: quantity }))
  return { closing, opening: minus(rest, unmatched), unmatched }
}
