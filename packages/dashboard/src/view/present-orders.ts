import { explainEvent, type TextPrecision } from '@tranchebook/core'
import type { OrderView } from '../api/order-view.js'
import { filledText, isOpen, type OrderJournal, type OrderRecord } from '../fold/order-journal.js'
import { whyOf } from './present-timeline.js'

function nextStepOf({ outcome, terms }: OrderRecord): string | null {
  if (outcome !== 'unknown') return null
  return terms.purpose === 'entry'
    ? 'it is looked up at the venue and never sent again; once it is certainly absent, the entry is given up'
    : 'it is looked up at the venue and never sent again blindly; once it is certainly absent, it is tried under a new id'
}

/** An order from its intent to its end. */
export function presentOrder(order: OrderRecord, precision: TextPrecision): OrderView {
  const { terms, steps, fills, outcome, venueOrderId, changedTime } = order
  const { clientOrderId, purpose, orderType, side, orderSide, positionSide, quantity, price, triggerPrice } = terms
  return {
    clientOrderId,
    purpose,
    orderType,
    side,
    orderSide,
    positionSide,
    quantity,
    price,
    triggerPrice,
    reduceOnly: terms.reduceOnly,
    allocation: terms.allocation,
    level: terms.level,
    reason: terms.reason,
    intendedTime: terms.time,
    outcome,
    filled: filledText(order),
    venueOrderId,
    nextStep: nextStepOf(order),
    steps: steps.map(({ version, event }) => ({
      version,
      time: event.time,
      sentence: explainEvent(event, precision),
      why: whyOf(event),
    })),
    fills: [...fills],
    changedTime,
  }
}

function rankOf(order: OrderRecord): number {
  if (order.outcome === 'unknown') return 0
  return isOpen(order) ? 1 : 2
}

/** Unknown orders first, then open ones, then ended ones; in each the newest first. */
export function sortOrders({ orders }: OrderJournal): readonly OrderRecord[] {
  return [...orders.values()].toReversed().toSorted((left, right) => rankOf(left) - rankOf(right))
}
