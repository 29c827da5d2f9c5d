import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { EventOf } from '../book/events.js'
import type { Side } from '../book/tranche.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { type Money, parseMoney, shareOf } from '../money/money.js'
import { parseQuantity, type Quantity } from '../money/quantity.js'
import { oweFee } from './fills.js'
import { addAmount } from './amounts.js'
import { assertLaw, groupOf } from './lookup.js'

interface ProvenPart {
  readonly tranche: string
  readonly quantity: Quantity
  readonly correction: Money
  readonly fee: Money | null
  readonly isProven: boolean
}

function correctExit(book: TrancheBook, side: Side, part: ProvenPart): void {
  const group = book.groups[side]
  const position = book.averageCost[positionSideOf(book, side)]
  group.realizedPnl = plus(group.realizedPnl, part.correction)
  position.realizedPnl = plus(position.realizedPnl, part.correction)
  const tranche = group.tranches.find((candidate) => candidate.id === part.tranche)
  if (tranche === undefined) return
  tranche.realizedPnl = plus(tranche.realizedPnl, part.correction)
  tranche.exitNotional = plus(tranche.exitNotional, side === 'LONG' ? part.correction : negate(part.correction))
}

/** Its lot, or a part of it, is closed already: a dearer entry was a smaller result. */
function correctResult(book: TrancheBook, side: Side, dearer: Money): Money {
  const result = side === 'LONG' ? negate(dearer) : dearer
  const group = book.groups[side]
  const position = book.averageCost[positionSideOf(book, side)]
  group.realizedPnl = plus(group.realizedPnl, result)
  position.realizedPnl = plus(position.realizedPnl, result)
  return result
}

/** The correction belongs to what is open and what was closed of the tranche, in proportion. */
function correctEntry(book: TrancheBook, side: Side, part: ProvenPart): void {
  const group = book.groups[side]
  const position = book.averageCost[positionSideOf(book, side)]
  const tranche = group.tranches.find((candidate) => candidate.id === part.tranche)
  if (tranche === undefined) {
    correctResult(book, side, part.correction)
    return
  }
  const open = shareOf(part.correction, tranche.quantity, plus(tranche.quantity, tranche.exitQuantity))
  tranche.realizedPnl = plus(tranche.realizedPnl, correctResult(book, side, minus(part.correction, open)))
  tranche.cost = plus(tranche.cost, open)
  tranche.basisCost = tranche.cost
  tranche.basisQuantity = tranche.quantity
  tranche.priceEstimated = !part.isProven
  if (part.isProven) tranche.evidence = 'fill'
  group.cost = plus(group.cost, open)
  position.cost = plus(position.cost, side === 'LONG' ? open : negate(open))
}

/** A part whose fee the fill did not bring owes it from now on, beside what is still an estimate. */
function oweProvenFee(book: TrancheBook, event: EventOf<'EstimateReplaced'>, part: ProvenPart): void {
  const group = book.groups[event.side]
  const tranche = group.tranches.find((candidate) => candidate.id === part.tranche)
  const isEntry = event.kind === 'entry'
  oweFee(book, event.tradeId, { side: event.side, tranche: part.tranche, quantity: part.quantity, isEntry })
  if (part.isProven) return
  group.unknownFeeCount += 1
  if (tranche !== undefined) tranche.unknownFeeCount += 1
}

function payProvenFee(book: TrancheBook, event: EventOf<'EstimateReplaced'>, part: ProvenPart): void {
  if (part.fee === null || event.feeAsset === null) return oweProvenFee(book, event, part)
  const group = book.groups[event.side]
  const tranche = group.tranches.find((candidate) => candidate.id === part.tranche)
  addAmount(group.fees, event.feeAsset, part.fee)
  if (part.isProven) group.unknownFeeCount -= 1
  if (tranche === undefined) return
  addAmount(event.kind === 'entry' ? tranche.openFees : tranche.realizedFees, event.feeAsset, part.fee)
  if (part.isProven) tranche.unknownFeeCount -= 1
}

export function estimateReplaced(book: TrancheBook, event: EventOf<'EstimateReplaced'>): void {
  const quantity = parseQuantity(event.quantity)
  const parts: readonly ProvenPart[] = event.parts.map((part) => ({
    tranche: part.tranche,
    quantity: parseQuantity(part.quantity),
    correction: parseMoney(part.correction),
    fee: part.fee === null ? null : parseMoney(part.fee),
    isProven: part.isProven,
  }))
  const group = groupOf(book, event.side)
  const estimate = group.estimates.find((candidate) => candidate.id === event.estimate)
  assertLaw(
    estimate !== undefined && estimate.quantity >= quantity,
    book,
    () => `no estimate ${event.estimate} of ${event.quantity}`,
  )

  for (const part of parts) {
    if (event.kind === 'exit') correctExit(book, event.side, part)
    else correctEntry(book, event.side, part)
    payProvenFee(book, event, part)
    for (const owed of estimate.parts)
      if (owed.tranche === part.tranche) owed.quantity = minus(owed.quantity, part.quantity)
  }
  estimate.quantity = minus(estimate.quantity, quantity)
  estimate.parts = estimate.parts.filter((part) => part.quantity > 0n)
  if (estimate.quantity === 0n) group.estimates = group.estimates.filter((candidate) => candidate !== estimate)
}
