import { parseOrderRow } from '../fapi/wire/order-row.js'
import { acknowledged, invalid, settled, withoutComplaint } from '../fapi/write-outcome.js'
import type { OrderChange } from '../venue/order-request.js'
import type { WriteResult } from '../venue/write-result.js'
import type { AsterSession } from './aster-session.js'
import { reportOf } from './translate/order-report.js'
import { leverageRequest, parseLeverage } from './wire/leverage.js'
import { modifyOrderRequest } from './wire/modify-order.js'

/** A resting LIMIT order, changed in place. */
export async function modify(
  session: AsterSession,
  { order, orderSide, price, quantity }: OrderChange,
): Promise<WriteResult> {
  const { symbol, clientOrderId, orderType, isProtection } = order
  if (orderType !== 'LIMIT')
    return invalid(`only LIMIT orders can be changed, ${clientOrderId} is ${orderType}: cancel and place`)
  const terms = { symbol, side: orderSide, quantity, price, origClientOrderId: clientOrderId }
  const verdict = await session.entry.send(
    modifyOrderRequest(session.version, terms, isProtection ? 'protection' : 'ordinary'),
  )
  const result = settled(verdict, (body) => {
    const row = parseOrderRow(body)
    return acknowledged({ clientOrderId, venueOrderId: row.orderId }, reportOf(row, session.account))
  })
  return withoutComplaint(result, clientOrderId)
}

/** The symbol's leverage; the answer has to name the one that was asked for. */
export async function setLeverage(session: AsterSession, symbol: string, leverage: number): Promise<WriteResult> {
  const subject = `leverage of ${symbol}`
  if (!Number.isInteger(leverage) || leverage < 1)
    return invalid(`expected a leverage of at least 1 in whole numbers, got ${leverage}`)
  const verdict = await session.api.send(leverageRequest(session.version, symbol, leverage))
  const result = settled(verdict, (body) => {
    const inForce = parseLeverage(body)
    if (inForce === leverage) return acknowledged({ clientOrderId: subject, venueOrderId: null }, null)
    const message = `asked for leverage ${leverage}, the venue set ${inForce}`
    return { outcome: 'refused', reason: 'risk-limit', code: null, message, isPermanent: true, retryAfterMs: null }
  })
  return withoutComplaint(result, subject)
}
