import type { FillLine } from '../lines/input-line.js'
import type { ModelAverageCost, ModelBook } from './model-book.js'
import {
  add,
  isZero,
  least,
  multiply,
  negative,
  order,
  parseRatio,
  quotient,
  type Ratio,
  sizeOf,
  subtract,
  ZERO,
} from '../exact/ratio.js'

function sign(value: Ratio): number {
  return order(value, ZERO)
}

/** What average cost makes of a signed trade: increases average the entry, reductions realize against it. */
export function mirrorTrade(venue: ModelAverageCost, signed: Ratio, price: Ratio): void {
  const isReduction = !isZero(venue.quantity) && sign(venue.quantity) !== sign(signed)
  const closed = isReduction ? least(sizeOf(signed), sizeOf(venue.quantity)) : ZERO
  const signedClosed = sign(signed) < 0 ? negative(closed) : closed
  venue.realizedPnl = add(venue.realizedPnl, multiply(subtract(venue.entryPrice, price), signedClosed))
  const kept = add(venue.quantity, signedClosed)
  const added = subtract(signed, signedClosed)
  venue.quantity = add(kept, added)
  if (isZero(venue.quantity)) venue.entryPrice = ZERO
  else if (!isZero(added)) {
    const cost = add(multiply(venue.entryPrice, kept), multiply(price, added))
    venue.entryPrice = quotient(cost, venue.quantity)
  }
}

/** Keeps the venue's own books beside ours. A close of more than a hedge side holds ends at flat. */
export function mirrorFill(book: ModelBook, line: FillLine, quantity: Ratio): void {
  const venue = book.venue[line.positionSide]
  const signed = line.side === 'BUY' ? quantity : negative(quantity)
  const held = venue.quantity
  const isOverClose =
    line.positionSide !== 'BOTH' && sign(add(held, signed)) === (line.positionSide === 'LONG' ? -1 : 1)
  mirrorTrade(venue, isOverClose ? negative(held) : signed, parseRatio(line.price))
}
