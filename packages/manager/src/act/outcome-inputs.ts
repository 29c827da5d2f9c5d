import { type BookOrder, type OrderInput, orderInput, type OrderNews, type OrderReportStatus } from '@tranchebook/core'
import type { OrderRef } from '@tranchebook/adapters'
import type { BookLoop } from '../book/book-loop.js'

/** What an order input is about. */
export interface OwnNews {
  readonly loop: Pick<BookLoop, 'book'>
  readonly clientOrderId: string
  readonly status: OrderReportStatus
  readonly time: number
}

/** News of an order of ours that did not come from the venue as a report. */
export function ownNews({ loop, ...news }: OwnNews, said: Partial<OrderNews> = {}): OrderInput {
  const { account, symbol } = loop.book
  return orderInput({ account, symbol, ...news, ...said })
}

const SEEN_AT_VENUE: readonly OrderReportStatus[] = ['triggered', 'filled', 'cancelled', 'expired']

/**
 * A report of the venue as the steps it implies: whatever ended or triggered was accepted before, and the ids it names must be known
 * before its fills come, since those may name nothing else. Steps that are no news are ignored by the book.
 */
export function stepsOf(report: OrderInput): readonly OrderInput[] {
  const steps: OrderInput[] = []
  const step = (status: OrderReportStatus): OrderInput => ({ ...report, status, id: `${report.id}+${status}` })
  if (SEEN_AT_VENUE.includes(report.status) && report.orderId !== null) steps.push(step('acknowledged'))
  if (report.childOrderId !== null && report.status !== 'triggered') steps.push(step('triggered'))
  return [...steps, report]
}

/** Whether the venue says that an order will not fill any more. */
export function isTerminal({ status }: OrderInput): boolean {
  return status === 'filled' || status === 'cancelled' || status === 'expired' || status === 'refused'
}

/** Names an order of the book to the venue. */
export function refOf(symbol: string, order: BookOrder): OrderRef {
  const { clientOrderId, type, purpose, venueOrderId, childOrderId } = order
  return { symbol, clientOrderId, orderType: type, isProtection: purpose !== 'entry', venueOrderId, childOrderId }
}
