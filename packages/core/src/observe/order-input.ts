import type { OrderInput } from './inputs.js'

type Said = Pick<
  OrderInput,
  'orderId' | 'childOrderId' | 'filledQuantity' | 'code' | 'message' | 'isPermanent' | 'wouldTrigger'
>

/** What is known of an order; what is not said is nothing. */
export type OrderNews = Pick<OrderInput, 'account' | 'symbol' | 'time' | 'clientOrderId' | 'status'> & Partial<Said>

/** A report that says no more than its status. */
export const SILENT_REPORT: Said = {
  orderId: null,
  childOrderId: null,
  filledQuantity: null,
  code: null,
  message: null,
  isPermanent: false,
  wouldTrigger: false,
}

/** One report of an order, with the id that input lines give it. */
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
    wouldTrigger: news.wouldTrigger ?? false,
  }
}
