import type { UnmatchedFill } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import { streamOf } from '../book/book.js'
import { smaller } from '../money/arithmetic.js'
import { shareOf } from '../money/money.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { splitClosing } from './close-lots.js'
import { type Decision, record } from './decision.js'
import { reduceTranche } from './reduce-tranche.js'

/** What of a group entered no later than a close that found too little then. */
function openSince(decision: Decision, side: Side, fill: UnmatchedFill): Quantity {
  return decision.book.groups[side].tranches.reduce(
    (sum, tranche) => (tranche.entryTime <= fill.time ? ((sum + tranche.quantity) as Quantity) : sum),
    NO_QUANTITY,
  )
}

/** Lets a close that came before its entry take what the entry has opened since. */
function settle(decision: Decision, side: Side, waiting: { fill: UnmatchedFill; quantity: Quantity }): void {
  const { book, context } = decision
  const { fill, quantity } = waiting
  record(decision, { type: 'UnmatchedSettled', tradeId: fill.tradeId, side, quantity: formatQuantity(quantity) })
  const { parts, because } = splitClosing(book, { side, quantity, price: fill.price, order: null, tranche: null }, context)
  for (const part of parts) {
    const lot = book.groups[side].tranches.find((candidate) => candidate.id === part.tranche)
    if (lot === undefined) continue
    reduceTranche(decision, lot, {
      quantity: part.quantity,
      price: fill.price,
      fee: fill.fee === null ? null : shareOf(fill.fee, part.quantity, fill.quantity),
      feeAsset: fill.feeAsset,
      tradeId: fill.tradeId,
      reason: 'external',
      evidence: 'fill',
      level: null,
      isLiquidation: false,
      venue: null,
      because,
    })
  }
}

/** Gives up on a close whose entry never came: the position began before our first fill, and we do not guess how. */
function giveUpOn(decision: Decision, side: Side, fill: UnmatchedFill): void {
  record(
    decision,
    { type: 'FillOrphaned', tradeId: fill.tradeId, side, quantity: formatQuantity(fill.quantity) },
    { because: { rule: 'fill.unmatched', configured: { reorderWindowMs: decision.context.config.reorderWindowMs } } },
  )
  if (decision.book.conflict === null && !decision.events.some((event) => event.type === 'ConflictDetected'))
    record(decision, {
      type: 'ConflictDetected',
      code: 'closeExceedsOpen',
      message: `${streamOf(decision.book)}: fill ${fill.tradeId} closed ${formatQuantity(fill.quantity)} ${side} more than was open; the position began before the first fill we know`,
    })
}

/** Closes that wait for a late entry: at most one is settled per call, since that changes the lots the next one sees. */
export function decideWaiting(decision: Decision): void {
  for (const side of ['LONG', 'SHORT'] as const)
    for (const fill of decision.book.groups[side].unmatched) {
      if (fill.isOrphan) continue
      const quantity = smaller(fill.quantity, openSince(decision, side, fill))
      if (quantity > 0n) return settle(decision, side, { fill, quantity })
      if (decision.input.time > fill.time + decision.context.config.reorderWindowMs) giveUpOn(decision, side, fill)
    }
}
