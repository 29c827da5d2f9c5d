import { type OrderInput, type OrderReportStatus, parseQuantity, type Quantity } from '@tranchebook/core'
import type { OrderRow } from '../wire/order-row.js'
import { orderStatusOf } from './words.js'

/** What a report of an order says; the rest is nothing. */
export interface OrderNews {
  readonly account: string
  readonly symbol: string
  readonly time: number
  readonly clientOrderId: string
  readonly status: OrderReportStatus
  readonly orderId?: string | null
  readonly childOrderId?: string | null
  readonly filledQuantity?: Quantity | null
  readonly code?: string | null
  readonly message?: string | null
  readonly isPermanent?: boolean
}

/** One report, with the id that input lines give it. */
export function orderInput(news: OrderNews): OrderInput {
  const { account, symbol, time, clientOrderId, status } = news
  return {
    type: 'order',
    id: `order:${clientOrderId}:${status}:${time}`,
    account,
    symbol,
    time,
    clientOrderId,
    status,
    orderId: news.orderId ?? null,
    childOrderId: news.childOrderId ?? null,
    filledQuantity: news.filledQuantity ?? null,
    code: news.code ?? null,
    message: news.message ?? null,
    isPermanent: news.isPermanent ?? false,
  }
}

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
