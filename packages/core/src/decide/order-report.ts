import type { BookOrder } from '../book/order.js'
import { formatQuantity } from '../money/quantity.js'
import type { OrderInput } from '../observe/inputs.js'
import { cancelRetryTime } from '../policy/order-failures.js'
import { storableText } from '../observe/storable-text.js'
import { type Decision, record } from './decision.js'

type EndStatus = 'filled' | 'cancelled' | 'expired'

function endOrWait(
  decision: Decision,
  order: BookOrder,
  { status, input }: { status: EndStatus; input: OrderInput },
): void {
  const claimed = input.filledQuantity ?? (status === 'filled' ? order.quantity : null)
  const reason = { correlationId: order.clientOrderId }
  if (claimed !== null && claimed > order.filled) {
    if (order.ending?.status === status && order.ending.filledQuantity === claimed) return
    const filledQuantity = formatQuantity(claimed)
    return record(decision, { type: 'OrderEnding', clientOrderId: order.clientOrderId, status, filledQuantity }, reason)
  }
  const filledQuantity = claimed === null ? null : formatQuantity(claimed)
  record(decision, { type: 'OrderClosed', clientOrderId: order.clientOrderId, status, filledQuantity }, reason)
}

function acknowledge(decision: Decision, order: BookOrder, input: OrderInput): void {
  const isNews =
    order.state === 'intended' ||
    order.state === 'unknown' ||
    (input.orderId !== null && order.venueOrderId !== input.orderId)
  if (!isNews) return
  record(
    decision,
    { type: 'OrderAcknowledged', clientOrderId: order.clientOrderId, venueOrderId: input.orderId },
    { correlationId: order.clientOrderId },
  )
}

/** Whatever it was cancelled for is looked at again after a pause; until then it counts as what it is, an order that works. */
function refuseCancel(decision: Decision, order: BookOrder, input: OrderInput): void {
  const { clientOrderId, purpose, refusedCancels } = order
  const { time } = decision.input
  const retryTime = cancelRetryTime(order, time)
  const observed = {
    purpose,
    refusals: (refusedCancels?.count ?? 0) + 1,
    forMs: time - (refusedCancels?.since ?? time),
    pauseMs: retryTime - time,
  }
  const message = input.message === null ? null : storableText(input.message)
  record(
    decision,
    { type: 'CancelRefused', clientOrderId, code: input.code, message, retryTime },
    { because: { rule: 'cancelRefused', observed }, correlationId: clientOrderId },
  )
}

/**
 * News of an order. Only fills fill it: a venue that counts more than was booked leaves the order ending until those fills come.
 * Orders that are terminal already, or not ours, are left alone. Of the venue's words stays what a log can hold.
 */
export function decideOrder(decision: Decision, input: OrderInput): void {
  const order = decision.book.orders.get(input.clientOrderId)
  if (order === undefined) return
  const { clientOrderId } = order
  const { code, isPermanent, wouldTrigger } = input
  const message = input.message === null ? null : storableText(input.message)
  const reason = { correlationId: clientOrderId }
  switch (input.status) {
    case 'acknowledged':
      return acknowledge(decision, order, input)
    case 'triggered':
      if (order.childOrderId !== null && order.childOrderId === input.childOrderId) return
      return record(decision, { type: 'OrderTriggered', clientOrderId, childOrderId: input.childOrderId }, reason)
    case 'filled':
    case 'cancelled':
    case 'expired':
      return endOrWait(decision, order, { status: input.status, input })
    case 'refused':
      return record(decision, { type: 'OrderRefused', clientOrderId, code, message, isPermanent, wouldTrigger }, reason)
    case 'unknown':
      // What is being cancelled is looked for until it is gone, whatever became of its placing.
      if (order.state === 'unknown' || order.state === 'cancelling') return
      return record(decision, { type: 'OrderOutcomeUnknown', clientOrderId, message }, reason)
    case 'absent':
      return record(decision, { type: 'OrderClosed', clientOrderId, status: 'absent', filledQuantity: null }, reason)
    case 'cancelRefused':
      if (order.state !== 'cancelling') return
      return refuseCancel(decision, order, input)
  }
}
