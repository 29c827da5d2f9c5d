import { type OrderInput, orderInput, parseQuantity } from '@tranchebook/core'
import type { OrderRow } from '../wire/order-row.js'
import { orderStatusOf } from './words.js'

/** Where an ordinary order stands, from a reply or a query. */
export function translateOrderRow(row: OrderRow, account: string): OrderInput {
  return orderInput({
    account,
    symbol: row.symbol,
    time: row.updateTime,
    clientOrderId: row.clientOrderId,
    status: orderStatusOf(row.status),
    orderId: row.orderId,
    filledQuantity: parseQuantity(row.executedQty),
  })
}
