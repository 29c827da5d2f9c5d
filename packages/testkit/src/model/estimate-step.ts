import type { ModelBook, ModelEstimate, ModelGroup } from './model-book.js'
import { collect, gain } from './profit.js'
import {
  add,
  isPositive,
  isZero,
  least,
  multiply,
  negative,
  quotient,
  type Ratio,
  subtract,
  total,
  ZERO,
} from '../exact/ratio.js'

/** A fill that may prove what was booked without it. `fee` = that of the whole fill; `null` = unknown. */
export interface ModelProof {
  readonly quantity: Ratio
  readonly price: Ratio
  readonly time: number
  readonly fee: Ratio | null
  readonly feeAsset: string | null
}

type Position = 'LONG' | 'SHORT' | 'BOTH'

/** A dearer entry: the part that is still open costs more, what was closed of it has earned less. */
function correctEntry(book: ModelBook, estimate: ModelEstimate, to: { dearer: Ratio; position: Position }): void {
  const { tranche } = estimate
  const closed = total(tranche.reductions.map((reduction) => reduction.quantity))
  const share = quotient(tranche.quantity, add(tranche.quantity, closed))
  const open = multiply(to.dearer, share)
  const result = gain(tranche.side, subtract(to.dearer, open), ZERO)
  const venue = book.venue[to.position]
  tranche.realizedPnl = add(tranche.realizedPnl, result)
  venue.realizedPnl = add(venue.realizedPnl, result)
  // The rules do not say whether targets follow an entry that was corrected.
  tranche.areTargetsOpen = true
  if (isZero(tranche.quantity)) return
  tranche.entryPrice = add(tranche.entryPrice, quotient(open, tranche.quantity))
  const signed = tranche.side === 'LONG' ? open : negative(open)
  venue.entryPrice = add(venue.entryPrice, quotient(signed, venue.quantity))
}

function correctExit(book: ModelBook, estimate: ModelEstimate, to: { dearer: Ratio; position: Position }): void {
  const { tranche, reduction } = estimate
  const correction = gain(tranche.side, ZERO, to.dearer)
  const venue = book.venue[to.position]
  tranche.realizedPnl = add(tranche.realizedPnl, correction)
  venue.realizedPnl = add(venue.realizedPnl, correction)
  if (reduction !== null) reduction.isCorrected = true
}

function proveOne(
  book: ModelBook,
  estimate: ModelEstimate,
  { proof, quantity, position }: { proof: ModelProof; quantity: Ratio; position: Position },
): void {
  const dearer = multiply(subtract(proof.price, estimate.price), quantity)
  if (estimate.kind === 'entry') correctEntry(book, estimate, { dearer, position })
  else correctExit(book, estimate, { dearer, position })
  estimate.quantity = subtract(estimate.quantity, quantity)
  const { tranche } = estimate
  const isProven = isZero(estimate.quantity)
  if (proof.fee === null || proof.feeAsset === null) {
    if (!isProven) tranche.unknownFees += 1
    return
  }
  const fees = estimate.kind === 'entry' ? tranche.openFees : tranche.realizedFees
  collect(fees, proof.feeAsset, quotient(multiply(proof.fee, quantity), proof.quantity))
  if (isProven) tranche.unknownFees -= 1
}

/** Lets a part of a fill prove estimates that were made at its time or after it; gives what is left of the part. */
export function proveEstimates(
  book: ModelBook,
  group: ModelGroup,
  at: { kind: ModelEstimate['kind']; proof: ModelProof; part: Ratio; position: Position },
): Ratio {
  let left = at.part
  for (const estimate of group.estimates) {
    const quantity = least(left, estimate.quantity)
    if (estimate.kind !== at.kind || at.proof.time > estimate.time || !isPositive(quantity)) continue
    proveOne(book, estimate, { ...at, quantity })
    left = subtract(left, quantity)
  }
  return left
}
