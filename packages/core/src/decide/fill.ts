import { positionSideOf, seenFill } from '../book/book.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { evolveAll } from '../evolve/copy-book.js'
import { minus, plus } from '../money/arithmetic.js'
import { formatMoney, type Money, NO_MONEY, shareOf } from '../money/money.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import type { FillInput, FillKind } from '../observe/inputs.js'
import { splitClosing } from './close-lots.js'
import { type Decision, record } from './decision.js'
import { type Direction, directionOf, type FillSplit, namedTranche, ownOrderOf, splitFill } from './fill-direction.js'
import { bookEntry } from './book-entry.js'
import { reduceTranche } from './reduce-tranche.js'
import { replaceEstimates } from './replace-estimates.js'

/** Hands out a fill's fee in proportion to quantity; the last part takes what is left, so that the parts sum exactly. */
interface FeePurse {
  take(quantity: Quantity): Money | null
}

function feePurse(fill: FillInput): FeePurse {
  let feeLeft = fill.fee
  let quantityLeft = fill.quantity
  return {
    take(quantity) {
      if (feeLeft === null) return null
      const share = shareOf(feeLeft, quantity, quantityLeft)
      feeLeft = minus(feeLeft, share)
      quantityLeft = minus(quantityLeft, quantity)
      return share
    },
  }
}

function reasonOf(kind: FillKind, order: BookOrder | null): string {
  if (order !== null) return order.purpose === 'exit' ? order.reason : order.purpose
  return kind === 'trade' ? 'external' : kind
}

/** Books what a known fill still owed: its fee, when a later report carries it. */
function bookOwedFee(decision: Decision, fill: FillInput): void {
  const owed = seenFill(decision.book.fills, fill.tradeId)?.owed ?? null
  if (owed === null || fill.fee === null || fill.feeAsset === null) return
  const purse = feePurse(fill)
  const parts = owed.map(({ side, tranche, quantity, isEntry }) => ({
    side,
    tranche,
    isEntry,
    amount: formatMoney(purse.take(quantity) ?? NO_MONEY),
  }))
  record(decision, {
    type: 'FillFeeBooked',
    tradeId: fill.tradeId,
    fee: formatMoney(fill.fee),
    feeAsset: fill.feeAsset,
    parts,
  })
}

interface Booking {
  readonly fill: FillInput
  readonly order: BookOrder | null
  readonly direction: Direction
  readonly split: FillSplit
  readonly replaced: { readonly side: Side; readonly quantity: Quantity } | null
  readonly purse: FeePurse
}

function recordFill(decision: Decision, booking: Booking): void {
  const { fill, order, direction, split, replaced } = booking
  const part = (side: Side | null, quantity: Quantity): { side: Side; quantity: string } | null =>
    side === null || quantity === 0n ? null : { side, quantity: formatQuantity(quantity) }
  const unmatched = part(direction.closes, split.unmatched)
  const unmatchedFee = unmatched === null ? null : booking.purse.take(split.unmatched)
  record(
    decision,
    {
      type: 'FillBooked',
      tradeId: fill.tradeId,
      orderId: fill.orderId,
      clientOrderId: order?.clientOrderId ?? fill.clientOrderId,
      side: fill.side,
      positionSide: fill.positionSide,
      quantity: formatQuantity(fill.quantity),
      price: formatPrice(fill.price),
      fee: fill.fee === null ? null : formatMoney(fill.fee),
      feeAsset: fill.feeAsset,
      realizedPnl: fill.realizedPnl === null ? null : formatMoney(fill.realizedPnl),
      maker: fill.maker,
      kind: fill.kind,
      tranche: fill.tranche,
      closes: part(direction.closes, split.closing),
      opens: part(direction.opens, split.opening),
      unmatched:
        unmatched === null ? null : { ...unmatched, fee: unmatchedFee === null ? null : formatMoney(unmatchedFee) },
      replaces: part(replaced?.side ?? null, replaced?.quantity ?? NO_QUANTITY),
      late: decision.context.isLate,
    },
    order === null ? {} : { correlationId: order.clientOrderId },
  )
}

function bookExits(decision: Decision, { fill, order, direction, split, purse }: Booking): void {
  if (direction.closes === null || split.closing === 0n) return
  const { book, context } = decision
  const side = direction.closes
  const tranche = namedTranche(book, side, fill.tranche)?.id ?? null
  const demand = { side, quantity: split.closing, price: fill.price, order, tranche }
  const { parts, because } = splitClosing(book, demand, context)
  const venue = { ...book.averageCost[positionSideOf(book, side)] }
  for (const part of parts) {
    const lot = book.groups[side].tranches.find((candidate) => candidate.id === part.tranche)
    if (lot === undefined) continue
    reduceTranche(decision, lot, {
      quantity: part.quantity,
      price: fill.price,
      fee: purse.take(part.quantity),
      feeAsset: fill.feeAsset,
      tradeId: fill.tradeId,
      reason: reasonOf(fill.kind, order),
      evidence: 'fill',
      level: order?.level ?? null,
      isLiquidation: fill.kind === 'liquidation',
      venue,
      because,
    })
  }
}

function bookOpening(decision: Decision, { fill, order, direction, split, purse }: Booking): void {
  if (direction.opens === null || split.opening === 0n) return
  bookEntry(decision, {
    side: direction.opens,
    quantity: split.opening,
    price: fill.price,
    fee: purse.take(split.opening),
    feeAsset: fill.feeAsset,
    tradeId: fill.tradeId,
    orderId: fill.orderId ?? fill.clientOrderId,
    order: order?.purpose === 'entry' ? order : null,
    tranche: fill.tranche,
    origin: order?.purpose === 'entry' ? 'intent' : 'external',
    evidence: 'fill',
    priceEstimated: false,
  })
}

function endOrder(decision: Decision, order: BookOrder, fill: FillInput): void {
  const filled = plus(order.filled, fill.quantity)
  const due = order.ending?.filledQuantity ?? order.quantity
  if (due === null || filled < due || !decision.book.orders.has(order.clientOrderId)) return
  record(
    decision,
    {
      type: 'OrderClosed',
      clientOrderId: order.clientOrderId,
      status: order.ending?.status ?? 'filled',
      filledQuantity: formatQuantity(filled),
    },
    { correlationId: order.clientOrderId },
  )
}

/**
 * Books a fill once: what proves an estimate, what closes (by intent, name, then closing rule), what opens, and what finds nothing
 * to close.
 */
export function decideFill(decision: Decision, fill: FillInput): void {
  const { book } = decision
  if (seenFill(book.fills, fill.tradeId) !== undefined) return bookOwedFee(decision, fill)
  const order = ownOrderOf(book, fill)
  const direction = directionOf(book, fill, order)
  const purse = feePurse(fill)
  const proof = replaceEstimates(decision, fill, { order, direction, takeFee: (quantity) => purse.take(quantity) })
  const split = splitFill(book, fill, { direction, quantity: minus(fill.quantity, proof.quantity) })
  const replaced = proof.side === null ? null : { side: proof.side, quantity: proof.quantity }
  const booking = { fill, order, direction, split, replaced, purse }
  recordFill(decision, booking)
  decision.events.push(...proof.events)
  // What the fill did not prove is judged by the book as the proof leaves it: entries and results are no longer estimates.
  const proven = proof.events.length === 0 ? decision : { ...decision, book: evolveAll(book, proof.events) }
  bookExits(proven, booking)
  bookOpening(proven, booking)
  if (order !== null) endOrder(decision, order, fill)
}
