import { streamOf } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import type { UnmatchedFill } from '../book/group.js'
import type { Side } from '../book/tranche.js'
import { inVenueOrder } from '../book/venue-order.js'
import { evolveAll } from '../evolve/copy-book.js'
import { larger, minus, plus, smaller } from '../money/arithmetic.js'
import { shareOf } from '../money/money.js'
import { formatQuantity, NO_QUANTITY, parseQuantity, type Quantity } from '../money/quantity.js'
import type { FillInput } from '../observe/inputs.js'
import { mayReorder, unmatchedInVenueOrder, unmatchedOf } from '../policy/waiting-closes.js'
import { type Decision, record, startDecision } from './decision.js'
import { reduceTranche } from './reduce-tranche.js'

type Entered = Extract<BookEvent, { readonly type: 'TrancheOpened' | 'TrancheIncreased' }>

/** Lets one waiting close take from the tranche that its late entry has just fed, at the close's own time. */
function settle(
  decision: Decision,
  entered: Entered,
  { close, quantity }: { close: UnmatchedFill; quantity: Quantity },
): void {
  const book = evolveAll(decision.book, decision.events)
  const { side } = entered
  const lot = book.groups[side].tranches.find((tranche) => tranche.id === entered.tranche)
  if (lot === undefined) return
  const then = startDecision(book, { ...decision.input, time: close.time }, decision.context)
  const observed = { entry: decision.input.id, entryTime: decision.input.time, closeTime: close.time }
  record(then, { type: 'UnmatchedSettled', tradeId: close.tradeId, side, quantity: formatQuantity(quantity) })
  reduceTranche(then, lot, {
    quantity,
    price: close.price,
    fee: close.fee === null ? null : shareOf(close.fee, quantity, close.quantity),
    feeAsset: close.feeAsset,
    tradeId: close.tradeId,
    reason: 'external',
    evidence: 'fill',
    level: null,
    isLiquidation: false,
    venue: null,
    because: { rule: 'fill.lateEntry', observed },
  })
  const isLast = quantity === close.quantity && book.groups[side].unmatched.length === 1
  if (isLast && book.conflict === 'closeExceedsOpen')
    record(then, { type: 'ConflictResolved', note: `the entry of fill ${close.tradeId} came late` })
  decision.events.push(...then.events)
}

/**
 * What a late entry frees: closing quantity that found nothing although, in the venue's order, this was there for it. In one-way mode,
 * where sides are not kept apart, every close after the entry counts.
 */
function freedBy(decision: Decision, side: Side, entry: FillInput): Quantity {
  const { book } = decision
  const { time, tradeId, quantity } = entry
  if (entry.positionSide === 'BOTH')
    return book.groups[side].unmatched
      .filter((close) => inVenueOrder(entry, close) < 0)
      .reduce((sum, close) => plus(sum, close.quantity), NO_QUANTITY)
  if (!mayReorder(book, side, entry)) return NO_QUANTITY
  const inOrder = unmatchedInVenueOrder(book, side, { time, tradeId, net: quantity })
  return larger(NO_QUANTITY, minus(unmatchedOf(book, side), inOrder))
}

/** After a late entry was booked: closes that had come first, and found too little, take what they closed at the venue. */
export function settleWaiting(decision: Decision, entry: FillInput): void {
  const entered = decision.events.findLast(
    (event): event is Entered => event.type === 'TrancheOpened' || event.type === 'TrancheIncreased',
  )
  if (entered === undefined) return
  let left = smaller(parseQuantity(entered.quantity), freedBy(decision, entered.side, entry))
  for (const close of decision.book.groups[entered.side].unmatched.toSorted(inVenueOrder)) {
    if (left === 0n) return
    const quantity = smaller(left, close.quantity)
    settle(decision, entered, { close, quantity })
    left = minus(left, quantity)
  }
}

/** Gives up on a close whose entry has not come: the position began before our first fill, and we do not guess how. */
function giveUpOn(decision: Decision, side: Side, close: UnmatchedFill): void {
  const { reorderWindowMs } = decision.context.config
  const quantity = formatQuantity(close.quantity)
  const because = {
    rule: 'fill.unmatched',
    configured: { reorderWindowMs },
    observed: { tradeId: close.tradeId, quantity },
  }
  record(decision, { type: 'FillOrphaned', tradeId: close.tradeId, side, quantity }, { because })
  if (decision.book.conflict !== null || decision.events.some((event) => event.type === 'ConflictDetected')) return
  record(
    decision,
    {
      type: 'ConflictDetected',
      code: 'closeExceedsOpen',
      message: `${streamOf(decision.book)}: fill ${close.tradeId} closed ${quantity} ${side} more than was open; the position began before the first fill we know`,
    },
    { because },
  )
}

/** What waiting closes come to as time passes: each has `reorderWindowMs` for its entry to arrive. */
export function decideOverdue(decision: Decision): void {
  const { reorderWindowMs } = decision.context.config
  for (const side of ['LONG', 'SHORT'] as const)
    for (const close of decision.book.groups[side].unmatched)
      if (!close.isOrphan && decision.input.time > close.time + reorderWindowMs) giveUpOn(decision, side, close)
}
