import { isHigherTradeId, seenFill, type SeenFill, streamOf, type TrancheBook } from '../book/book.js'
import type { DecisionContext } from '../book/context.js'
import { netOf } from '../evolve/fills.js'
import { absolute } from '../money/arithmetic.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity } from '../money/quantity.js'
import type { FillInput, Input, PositionInput } from '../observe/inputs.js'

/** A stated "no" to an input: nothing was decided, the book is as it was. */
export interface Refusal {
  readonly code:
    | 'input.wrong-book'
    | 'input.position-mode'
    | 'fill.quantity'
    | 'fill.price'
    | 'fill.below-watermark'
    | 'fill.contradiction'
    | 'mark.price'
    | 'position.quantity'
  readonly message: string
}

function refuse(code: Refusal['code'], message: string): Refusal {
  return { code, message }
}

function refuseMode(book: TrancheBook, input: FillInput | PositionInput): Refusal | null {
  const isNet = input.positionSide === 'BOTH'
  if (isNet === (book.positionMode === 'ONE_WAY')) return null
  const expected = book.positionMode === 'HEDGE' ? 'LONG or SHORT (hedge mode)' : 'BOTH (one-way mode)'
  return refuse(
    'input.position-mode',
    `expected positionSide ${expected} for ${streamOf(book)}, got ${input.positionSide}: check the account's position mode`,
  )
}

/** Whether a fill is at or below the newest id (or time) that has left the window, so that "new" and "seen" cannot be told apart. */
function isBelowWatermark(book: TrancheBook, fill: FillInput): boolean {
  const { watermarkId, watermarkTime } = book.fills
  if (watermarkTime === 0 || seenFill(book.fills, fill.tradeId) !== undefined) return false
  if (watermarkId !== null && isHigherTradeId(fill.tradeId, null)) return !isHigherTradeId(fill.tradeId, watermarkId)
  return fill.time < watermarkTime
}

/** A trade id seen before, with another quantity or direction than was booked: it is no repetition. Its price is not remembered. */
function refuseContradiction(book: TrancheBook, fill: FillInput): Refusal | null {
  const seen = seenFill(book.fills, fill.tradeId)
  if (seen === undefined) return null
  const net = netOf(fill, fill.quantity)
  const side = fill.positionSide === 'BOTH' ? null : fill.positionSide
  if (seen.net === net && seen.side === side) return null
  return refuse(
    'fill.contradiction',
    `trade ${fill.tradeId} of ${streamOf(book)} is booked with other content: ${tradeText(seen)}, not ${tradeText({ net, side })}; what is booked stays`,
  )
}

function tradeText({ net, side }: Pick<SeenFill, 'net' | 'side'>): string {
  const isEntry = net > 0n
  const direction = side === null ? (isEntry ? 'SELL' : 'BUY') : `${isEntry ? 'into' : 'out of'} ${side}`
  return `${formatQuantity(absolute(net))} ${direction}`
}

function refuseFill(book: TrancheBook, fill: FillInput): Refusal | null {
  if (fill.quantity <= 0n)
    return refuse(
      'fill.quantity',
      `expected a fill quantity above 0, got ${formatQuantity(fill.quantity)} for trade ${fill.tradeId}`,
    )
  if (fill.price <= 0n)
    return refuse(
      'fill.price',
      `expected a fill price above 0, got ${formatPrice(fill.price)} for trade ${fill.tradeId}`,
    )
  if (isBelowWatermark(book, fill))
    return refuse(
      'fill.below-watermark',
      `trade ${fill.tradeId} is older than the oldest fill remembered for ${streamOf(book)}; it was booked long ago or must be reconciled by position`,
    )
  return refuseMode(book, fill) ?? refuseContradiction(book, fill)
}

/**
 * Why an input cannot be decided at all, or `null`. `decide` answers such an input with no events; whoever drives it reports the
 * refusal.
 */
export function refusalOf(book: TrancheBook, input: Input, _context: DecisionContext): Refusal | null {
  if (input.account !== book.account || input.symbol !== book.symbol)
    return refuse(
      'input.wrong-book',
      `expected an input of ${streamOf(book)}, got one of ${input.account}/${input.symbol}`,
    )
  switch (input.type) {
    case 'fill':
      return refuseFill(book, input)
    case 'mark':
      return input.price > 0n
        ? null
        : refuse('mark.price', `expected a mark price above 0, got ${formatPrice(input.price)}: it is not a price`)
    case 'position':
      if (input.positionSide !== 'BOTH' && input.quantity < 0n)
        return refuse(
          'position.quantity',
          `expected a ${input.positionSide} quantity of at least 0, got ${formatQuantity(input.quantity)}`,
        )
      return refuseMode(book, input)
    case 'order':
    case 'funding':
    case 'tick':
    case 'review':
    case 'command':
      return null
  }
}
