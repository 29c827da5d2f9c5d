import { type OrderInput, orderInput } from '@tranchebook/core'
import { translateOrderRow } from '../../fapi/translate/order-row.js'
import type { KnownOrder, OrderRegistry } from '../../fapi/translate/order-registry.js'
import { isConditionalType, orderSideOf, positionSideOf } from '../../fapi/translate/words.js'
import type { OrderRow } from '../../fapi/wire/order-row.js'

/** Whether a row shows a conditional order after its trigger: same ids, another type. */
function hasTriggered(row: Pick<OrderRow, 'type' | 'origType'>): boolean {
  return isConditionalType(row.origType) && row.type !== row.origType
}

/** Remembers an order, and whether it has triggered. */
export function noteRow(registry: OrderRegistry, row: OrderRow): KnownOrder {
  const { symbol, clientOrderId, side, positionSide, origType, orderId } = row
  const facts = {
    symbol,
    clientOrderId,
    isConditional: isConditionalType(origType),
    side: orderSideOf(side),
    positionSide: positionSideOf(positionSide),
  }
  const order = registry.note(facts, orderId)
  if (hasTriggered(row) && order.childOrderId === null) registry.linkChild(order, orderId)
  return order
}

/** Where an order stands. One that has triggered goes on under its own id, as its own child. */
export function reportOf(row: OrderRow, account: string): OrderInput {
  const report = translateOrderRow(row, account)
  if (!hasTriggered(row)) return report
  const status = report.status === 'acknowledged' ? 'triggered' : report.status
  return orderInput({ ...report, status, childOrderId: row.orderId })
}
