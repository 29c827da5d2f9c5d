import type { TrancheBook } from '../book/book.js'
import type { BookEvent } from '../book/events.js'
import type { Estimate } from '../book/group.js'
import type { BookOrder } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { minus, negate, plus, smaller } from '../money/arithmetic.js'
import { formatMoney, type Money, notional } from '../money/money.js'
import { formatPrice } from '../money/price.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import type { FillInput } from '../observe/inputs.js'
import { type Decision, record, startDecision } from './decision.js'
import type { Direction } from './fill-direction.js'

/** How much of a fill was booked already as estimates, and the events that prove it. */
export interface Proof {
  /** Of the first estimate: a fill that flips may prove an exit of one side, and an entry of the other. */
  readonly side: Side | null
  readonly quantity: Quantity
  readonly events: readonly BookEvent[]
}

interface FillContext {
  readonly order: BookOrder | null
  readonly direction: Direction
  readonly takeFee: (quantity: Quantity) => Money | null
}

interface EstimateOf {
  readonly side: Side
  readonly estimate: Estimate
}

function estimatesOn(book: TrancheBook, side: Side | null, kind: Estimate['kind']): readonly EstimateOf[] {
  if (side === null) return []
  return book.groups[side].estimates
    .filter((estimate) => estimate.kind === kind)
    .map((estimate) => ({ side, estimate }))
}

/** A fill proves estimates that were made after it happened: first exits of the side it closes, then entries of the side it opens. */
function estimatesFor({ book }: Decision, fill: FillInput, { closes, opens }: Direction): readonly EstimateOf[] {
  const both = [...estimatesOn(book, closes, 'exit'), ...estimatesOn(book, opens, 'entry')]
  return both.filter(({ estimate }) => fill.time <= estimate.time)
}

function correctionOf(estimate: Estimate, fill: FillInput, to: { side: Side; quantity: Quantity }): Money {
  const dearer = minus(notional(fill.price, to.quantity), notional(estimate.price, to.quantity))
  // A dearer exit earns a LONG more and a SHORT less; a dearer entry always costs more.
  return estimate.kind === 'exit' && to.side === 'SHORT' ? negate(dearer) : dearer
}

function proveOne(
  decision: Decision,
  fill: FillInput,
  to: { side: Side; estimate: Estimate; left: Quantity; context: FillContext },
): Quantity {
  const { side, estimate, context } = to
  const proven = smaller(to.left, estimate.quantity)
  let left = proven
  const parts = []
  for (const part of estimate.parts) {
    const quantity = smaller(left, part.quantity)
    if (quantity === 0n) continue
    left = minus(left, quantity)
    const fee = context.takeFee(quantity)
    parts.push({
      tranche: part.tranche,
      quantity: formatQuantity(quantity),
      correction: formatMoney(correctionOf(estimate, fill, { side, quantity })),
      fee: fee === null ? null : formatMoney(fee),
      isProven: quantity === part.quantity,
    })
  }
  record(decision, {
    type: 'EstimateReplaced',
    estimate: estimate.id,
    side,
    kind: estimate.kind,
    tradeId: fill.tradeId,
    quantity: formatQuantity(proven),
    price: formatPrice(fill.price),
    feeAsset: fill.feeAsset,
    parts,
  })
  return proven
}

/** A late fill replaces the estimates that stood for it, without rewriting history. */
export function replaceEstimates(decision: Decision, fill: FillInput, context: FillContext): Proof {
  const found = estimatesFor(decision, fill, context.direction)
  const aside = startDecision(decision.book, decision.input, decision.context)
  let proven = NO_QUANTITY
  for (const { side, estimate } of found) {
    const left = minus(fill.quantity, proven)
    if (left === 0n) break
    proven = plus(proven, proveOne(aside, fill, { side, estimate, left, context }))
  }
  return { side: found[0]?.side ?? null, quantity: proven, events: aside.events }
}
