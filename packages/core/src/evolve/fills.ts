import {
  type FeeOwed,
  FILL_WINDOW,
  FUNDING_WINDOW,
  type FillWindow,
  isHigherTradeId,
  positionSideOf,
  rememberedOrder,
  seenFill,
  type SeenFill,
  type TrancheBook,
} from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { AverageCost } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import { absolute, minus, negate, plus } from '../money/arithmetic.js'
import { type Money, notional, parseMoney, shareOf } from '../money/money.js'
import { parsePrice, type Price } from '../money/price.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { addAmount } from './amounts.js'
import { assertLaw, groupOf, positionOf, trancheOf } from './lookup.js'

/** Books a signed trade into a position kept at average cost, as the venue does. */
export function tradeAtAverageCost(position: AverageCost, signed: Quantity, price: Price): void {
  const held = position.quantity
  const isClosing = held !== 0n && held > 0n !== signed > 0n
  if (!isClosing) {
    position.quantity = plus(held, signed)
    position.cost = plus(position.cost, notional(price, signed))
    return
  }
  const closed = absolute(signed) < absolute(held) ? signed : negate(held)
  const costPart = shareOf(position.cost, absolute(closed), absolute(held))
  position.realizedPnl = minus(minus(position.realizedPnl, notional(price, closed)), costPart)
  position.quantity = plus(held, closed)
  position.cost = minus(position.cost, costPart)
  const rest = minus(signed, closed)
  if (rest !== 0n) tradeAtAverageCost(position, rest, price)
}

/** Positive when the trade makes the side larger for LONG, or smaller for SHORT. */
function signedFor(side: Side, quantity: Quantity, isEntry: boolean): Quantity {
  return (side === 'LONG') === isEntry ? quantity : negate(quantity)
}

/** Mirrors a booking that no fill proves yet. */
export function mirrorSynthetic(
  book: TrancheBook,
  side: Side,
  booking: { readonly quantity: Quantity; readonly price: Price; readonly isEntry: boolean },
): void {
  const position = book.averageCost[positionSideOf(book, side)]
  tradeAtAverageCost(position, signedFor(side, booking.quantity, booking.isEntry), booking.price)
}

function rememberFill(window: FillWindow, tradeId: string, memory: SeenFill): void {
  if (window.seen.size === FILL_WINDOW) {
    raiseWatermark(window)
    window.older = window.seen
    window.seen = new Map()
  }
  window.seen.set(tradeId, memory)
}

function raiseWatermark(window: FillWindow): void {
  for (const [tradeId, { time }] of window.older) {
    window.watermarkTime = Math.max(window.watermarkTime, time)
    if (isHigherTradeId(tradeId, window.watermarkId)) window.watermarkId = tradeId
  }
}

function countReported(position: AverageCost, reported: Money | null, closes: boolean): void {
  if (reported !== null)
    position.reportedPnl = position.reportedPnl === null ? null : plus(position.reportedPnl, reported)
  else if (closes) position.reportedPnl = null
}

/** Positive when the fill enters its position; in one-way mode, when it sells. */
export function netOf(
  { side, positionSide }: Pick<EventOf<'FillBooked'>, 'side' | 'positionSide'>,
  quantity: Quantity,
): Quantity {
  return (side === 'BUY') === (positionSide === 'LONG') ? quantity : negate(quantity)
}

/** Most fills go to one place whole. */
function partOf(event: EventOf<'FillBooked'>, whole: Quantity, text: string): Quantity {
  return text === event.quantity ? whole : parseQuantity(text)
}

export function fillBooked(book: TrancheBook, event: EventOf<'FillBooked'>): void {
  const price = parsePrice(event.price)
  const quantity = parseQuantity(event.quantity)
  const closes = event.closes === null ? null : partOf(event, quantity, event.closes.quantity)
  const opens = event.opens === null ? null : partOf(event, quantity, event.opens.quantity)
  const reported = event.realizedPnl === null ? null : parseMoney(event.realizedPnl)
  const unmatched = event.unmatched === null ? null : parseQuantity(event.unmatched.quantity)
  const unmatchedFee = event.unmatched?.fee == null ? null : parseMoney(event.unmatched.fee)
  const position = positionOf(book, event.positionSide)
  const unmatchedGroup = event.unmatched === null ? null : groupOf(book, event.unmatched.side)
  const isNew = seenFill(book.fills, event.tradeId) === undefined
  assertLaw(isNew, book, () => `fill ${event.tradeId} is booked already`)

  if (event.closes !== null && closes !== null)
    tradeAtAverageCost(position, signedFor(event.closes.side, closes, false), price)
  if (event.opens !== null && opens !== null)
    tradeAtAverageCost(position, signedFor(event.opens.side, opens, true), price)
  countReported(position, reported, closes !== null)
  rememberFill(book.fills, event.tradeId, {
    time: event.time,
    side: event.positionSide === 'BOTH' ? null : event.positionSide,
    // Of a proven estimate too: its quantity moved then, and once all are proven the fills alone tell what was open.
    net: netOf(event, quantity),
    owed: event.fee === null ? [] : null,
  })
  book.lastFillTime = Math.max(book.lastFillTime, event.time)
  const order = event.clientOrderId === null ? undefined : rememberedOrder(book, event.clientOrderId)
  if (order !== undefined) order.filled = plus(order.filled, quantity)
  if (unmatchedGroup !== null && unmatched !== null)
    unmatchedGroup.unmatched.push({
      tradeId: event.tradeId,
      quantity: unmatched,
      price,
      fee: unmatchedFee,
      feeAsset: event.feeAsset,
      time: event.time,
      isOrphan: false,
    })
}

export function fillFeeBooked(book: TrancheBook, event: EventOf<'FillFeeBooked'>): void {
  const parts = event.parts.map((part) => ({
    ...part,
    amount: parseMoney(part.amount),
    group: groupOf(book, part.side),
  }))
  const left = parts.reduce((rest, part) => minus(rest, part.amount), parseMoney(event.fee))
  const seen = seenFill(book.fills, event.tradeId)
  assertLaw(seen !== undefined && seen.owed !== null, book, () => `the fee of fill ${event.tradeId} is not owed`)

  seen.owed = null
  payUnmatched(book, event, left)
  for (const part of parts) {
    const { group } = part
    addAmount(group.fees, event.feeAsset, part.amount)
    group.unknownFeeCount -= 1
    const tranche = group.tranches.find((candidate) => candidate.id === part.tranche)
    if (tranche === undefined) continue
    addAmount(part.isEntry ? tranche.openFees : tranche.realizedFees, event.feeAsset, part.amount)
    tranche.unknownFeeCount -= 1
  }
}

/** What the booked parts leave of a late fee belongs to the quantity that found nothing to close. */
function payUnmatched(book: TrancheBook, event: EventOf<'FillFeeBooked'>, left: Money): void {
  for (const group of [book.groups.LONG, book.groups.SHORT])
    for (const fill of group.unmatched) {
      if (fill.tradeId !== event.tradeId || fill.fee !== null) continue
      fill.fee = left
      fill.feeAsset = event.feeAsset
      if (fill.isOrphan) addAmount(group.fees, event.feeAsset, left)
    }
}

/** Remembers which bookings of a fill still owe their fee. */
export function oweFee(book: TrancheBook, tradeId: string | null, owed: FeeOwed): void {
  if (tradeId !== null) seenFill(book.fills, tradeId)?.owed?.push(owed)
}

export function fillOrphaned(book: TrancheBook, event: EventOf<'FillOrphaned'>): void {
  const group = groupOf(book, event.side)
  const fill = group.unmatched.find((candidate) => candidate.tradeId === event.tradeId)
  assertLaw(fill !== undefined, book, () => `fill ${event.tradeId} is not waiting for an entry`)

  if (fill.fee !== null && fill.feeAsset !== null) addAmount(group.fees, fill.feeAsset, fill.fee)
  fill.isOrphan = true
  group.hasUnknownStart = true
}

export function unmatchedSettled(book: TrancheBook, event: EventOf<'UnmatchedSettled'>): void {
  const quantity = parseQuantity(event.quantity)
  const group = groupOf(book, event.side)
  const fill = group.unmatched.find((candidate) => candidate.tradeId === event.tradeId)
  assertLaw(
    fill !== undefined && fill.quantity >= quantity,
    book,
    () => `fill ${event.tradeId} has less waiting than ${event.quantity}`,
  )

  if (fill.fee !== null) {
    const share = shareOf(fill.fee, quantity, fill.quantity)
    fill.fee = minus(fill.fee, share)
    // An orphan's fee had joined the group's when it was given up; the reduction that follows brings it again.
    if (fill.isOrphan && fill.feeAsset !== null) addAmount(group.fees, fill.feeAsset, negate(share))
  }
  fill.quantity = minus(fill.quantity, quantity)
  mirrorSynthetic(book, event.side, { quantity, price: fill.price, isEntry: false })
  if (fill.quantity === 0n) group.unmatched = group.unmatched.filter((candidate) => candidate !== fill)
  group.hasUnknownStart = group.unmatched.some((candidate) => candidate.isOrphan)
}

export function fundingBooked(book: TrancheBook, event: EventOf<'FundingBooked'>): void {
  const parts = event.parts.map((part) => ({ tranche: part.tranche, amount: parseMoney(part.amount) }))
  const unallocated = parseMoney(event.unallocated)
  const owners = parts.map(({ tranche }) => {
    const side: Side = book.groups.LONG.tranches.some((candidate) => candidate.id === tranche) ? 'LONG' : 'SHORT'
    return { side, tranche: trancheOf(book, side, tranche) }
  })

  for (const [index, part] of parts.entries()) {
    const owner = owners[index]
    if (owner === undefined) continue
    addAmount(owner.tranche.funding, event.asset, part.amount)
    addAmount(book.groups[owner.side].funding, event.asset, part.amount)
  }
  if (unallocated !== 0n) addAmount(book.unallocatedFunding, event.asset, unallocated)
  book.fundingIds.push(event.fundingId)
  if (book.fundingIds.length > FUNDING_WINDOW) book.fundingIds.shift()
}
