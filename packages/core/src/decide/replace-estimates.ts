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

/** How much of a fill was booked already as an estimate, and the events that prove it. */
export interface Proof {
  readonly side: Side | null
  readonly quantity: Quantity
  readonly events: readonly BookEvent[]
}

interface FillContext {
  readonly order: BookOrder | null
  readonly direction: Direction
  readonly takeFee: (quantity: Quantity) => Money | null
}

/** A fill proves an estimate that was made after it happened, on the side it moves. */
function estimatesFor(
  decision: Decision,
  fill: FillInput,
  direction: Direction,
): { side: Side; estimates: Estimate[] } | null {
  for (const [side, kind] of [
    [direction.closes, 'exit'],
    [direction.opens, 'entry'],
  ] as const) {
    if (side === null) continue
    const estimates = decision.book.groups[side].estimates.filter(
      (estimate) => estimate.kind === kind && fill.time <= estimate.time,
    )
    if (estimates.length > 0) return { side, estimates }
  }
  return null
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

/** A late fill replaces the estimate that stood for it, without rewriting history. */
export function replaceEstimates(decision: Decision, fill: FillInput, context: FillContext): Proof {
  const found = estimatesFor(decision, fill, context.direction)
  if (found === null) return { side: null, quantity: NO_QUANTITY, events: [] }
  const aside = startDecision(decision.book, decision.input, decision.context)
  let proven = NO_QUANTITY
  for (const estimate of found.estimates) {
    const left = minus(fill.quantity, proven)
    if (left === 0n) break
    proven = plus(proven, proveOne(aside, fill, { side: found.side, estimate, left, context }))
  }
  return { side: found.side, quantity: proven, events: aside.events }
}
