import { larger, type OrderNews, type OrderReportStatus, parseQuantity, type Quantity } from '@tranchebook/core'
import type { KnownOrder } from '../../fapi/translate/order-registry.js'
import type { AlgoOrderRow } from '../wire/algo-order-row.js'
import type { AlgoUpdate } from '../wire/algo-update.js'

/** Where a conditional order stands, whichever message says so. */
interface AlgoState {
  readonly status: string
  readonly quantity: Quantity
  readonly closePosition: boolean
  readonly childOrderId: string | null
  /** What its child filled, as far as the message and the child's own messages say. */
  readonly executed: Quantity
}

type AlgoStanding = Pick<OrderNews, 'status' | 'filledQuantity'>

const PLAIN: Readonly<Record<string, OrderReportStatus>> = {
  NEW: 'acknowledged',
  TRIGGERING: 'acknowledged',
  TRIGGERED: 'triggered',
  CANCELED: 'cancelled',
  REJECTED: 'refused',
  EXPIRED: 'expired',
}

/** `FINISHED` only says that the child came to an end: filled or cancelled. Without a child nobody knows what it filled. */
function finished({ quantity, closePosition, childOrderId, executed }: AlgoState): AlgoStanding {
  if (executed > 0n)
    return { status: closePosition || executed >= quantity ? 'filled' : 'cancelled', filledQuantity: executed }
  return childOrderId === null
    ? { status: 'expired', filledQuantity: null }
    : { status: 'cancelled', filledQuantity: executed }
}

/** `null` for a status nobody knows yet. */
function standingOf(state: AlgoState): AlgoStanding | null {
  if (state.status === 'FINISHED') return finished(state)
  const status = PLAIN[state.status]
  return status === undefined ? null : { status, filledQuantity: state.executed }
}

/** From the stream. `null` for a status nobody knows yet. */
export function algoUpdateNews(update: AlgoUpdate, order: KnownOrder, account: string): OrderNews | null {
  const executed =
    update.executedQuantity === null ? order.filled : larger(order.filled, parseQuantity(update.executedQuantity))
  const { status, closePosition, childOrderId } = update
  const standing = standingOf({
    status,
    closePosition,
    childOrderId,
    quantity: parseQuantity(update.quantity),
    executed,
  })
  if (standing === null) return null
  return {
    account,
    symbol: update.symbol,
    time: update.transactionTime,
    clientOrderId: update.clientAlgoId,
    ...standing,
    orderId: update.algoId,
    childOrderId,
    code: status === 'REJECTED' ? 'algo-rejected' : null,
    message: update.failureReason,
  }
}

/** From a query or a placement reply. `null` for a status nobody knows yet. */
export function algoRowNews(row: AlgoOrderRow, account: string): OrderNews | null {
  const executed = parseQuantity(row.actualQty ?? '0')
  const { algoStatus: status, closePosition, actualOrderId: childOrderId } = row
  const standing = standingOf({ status, closePosition, childOrderId, quantity: parseQuantity(row.quantity), executed })
  if (standing === null) return null
  return {
    account,
    symbol: row.symbol,
    time: row.updateTime,
    clientOrderId: row.clientAlgoId,
    ...standing,
    orderId: row.algoId,
    childOrderId,
  }
}
