import type { OrderInput } from '@tranchebook/core'
import type { ApiRequest } from '../transport/api-request.js'
import type { RequestPriority } from '../transport/rate-budget.js'
import type { OrderChange } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import { parseLeverage } from './wire/leverage.js'
import { type OrderRow, parseOrderRow } from './wire/order-row.js'
import type { ModifyOrderTerms } from './wire/modify-order-terms.js'
import { acknowledged, invalid, settled, withoutComplaint } from './write-outcome.js'
import type { WriteSession } from './write-session.js'

/** How a venue asks for a change, and what its answer says of the order. */
export interface ModifyDialect {
  readonly requestOf: (terms: ModifyOrderTerms, priority: RequestPriority) => ApiRequest
  readonly reportOf: (row: OrderRow) => OrderInput
}

/** A resting LIMIT order, changed in place. It loses its place in the queue. */
export async function modifyOrder(
  session: WriteSession,
  { order, orderSide, price, quantity }: OrderChange,
  { requestOf, reportOf }: ModifyDialect,
): Promise<WriteResult> {
  const { symbol, clientOrderId, orderType, isProtection } = order
  if (orderType !== 'LIMIT')
    return invalid(`only LIMIT orders can be changed, ${clientOrderId} is ${orderType}: cancel and place`)
  const terms = { symbol, side: orderSide, quantity, price, origClientOrderId: clientOrderId }
  const verdict = await session.entry.send(requestOf(terms, isProtection ? 'protection' : 'ordinary'))
  const result = settled(verdict, (body) => {
    const row = parseOrderRow(body)
    return acknowledged({ clientOrderId, venueOrderId: row.orderId }, reportOf(row))
  })
  return withoutComplaint(result, clientOrderId)
}

/** The symbol's leverage; the answer has to name the one that was asked for. */
export async function changeLeverage(
  session: WriteSession,
  { symbol, leverage }: { readonly symbol: string; readonly leverage: number },
  requestOf: (symbol: string, leverage: number) => ApiRequest,
): Promise<WriteResult> {
  const subject = `leverage of ${symbol}`
  if (!Number.isInteger(leverage) || leverage < 1)
    return invalid(`expected a leverage of at least 1 in whole numbers, got ${leverage}`)
  const verdict = await session.api.send(requestOf(symbol, leverage))
  const result = settled(verdict, (body) => {
    const inForce = parseLeverage(body)
    if (inForce === leverage) return acknowledged({ clientOrderId: subject, venueOrderId: null }, null)
    const message = `asked for leverage ${leverage}, the venue set ${inForce}`
    return { outcome: 'refused', reason: 'risk-limit', code: null, message, isPermanent: true, retryAfterMs: null }
  })
  return withoutComplaint(result, subject)
}
