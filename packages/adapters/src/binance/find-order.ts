import { type OrderInput, orderInput, parseQuantity } from '@tranchebook/core'
import type { ApiSession } from '../fapi/api-session.js'
import { readFailure } from '../fapi/read-answer.js'
import { translateOrderRow } from '../fapi/translate/order-row.js'
import type { KnownOrder } from '../fapi/translate/order-registry.js'
import { orderSideOf, positionSideOf } from '../fapi/translate/words.js'
import type { OrderRow } from '../fapi/wire/order-row.js'
import type { ApiRequest } from '../transport/api-request.js'
import { isConditional, type OrderRef } from '../venue/order-request.js'
import type { OrderLookup } from '../venue/snapshots.js'
import { algoRowNews } from './translate/algo-report.js'
import type { OrderId } from './wire/cancel-order.js'
import { openAlgoOrdersRequest, parseAlgoOrders } from './wire/open-algo-orders.js'
import { parseAlgoOrderRow, queryAlgoOrderRequest } from './wire/query-algo-order.js'
import { parseOrderRow, queryOrderRequest } from './wire/query-order.js'
import type { AlgoOrderRow } from './wire/algo-order-row.js'

/** The row, or `null` where the venue knows no such order. @throws {VenueError} when it could not be asked. */
async function rowOrNothing<Row>(
  session: ApiSession,
  request: ApiRequest,
  parse: (body: unknown) => Row,
): Promise<Row | null> {
  const verdict = await session.api.send(request)
  if (verdict.outcome === 'refused' && verdict.reason === 'unknown-order') return null
  if (verdict.outcome !== 'done') throw readFailure(request, verdict)
  return parse(verdict.body)
}

/** An ordinary order, terminal ones included; `null` = no such order. */
export function findOrdinary(session: ApiSession, symbol: string, order: OrderId): Promise<OrderRow | null> {
  return rowOrNothing(session, queryOrderRequest(symbol, order), parseOrderRow)
}

/** A conditional order, terminal ones included; `null` = no such order. What it tells about a child is remembered. */
export async function findAlgo(session: ApiSession, clientAlgoId: string): Promise<AlgoOrderRow | null> {
  const row = await rowOrNothing(session, queryAlgoOrderRequest(clientAlgoId), parseAlgoOrderRow)
  if (row !== null) noteAlgo(session, row)
  return row
}

/** Remembers a conditional order and its child. */
export function noteAlgo({ registry }: ApiSession, row: AlgoOrderRow): KnownOrder {
  const facts = {
    symbol: row.symbol,
    clientOrderId: row.clientAlgoId,
    isConditional: true,
    side: orderSideOf(row.side),
    positionSide: positionSideOf(row.positionSide),
  }
  const known = registry.note(facts, row.algoId)
  if (row.actualOrderId !== null) registry.linkChild(known, row.actualOrderId)
  return known
}

/** Statuses of conditional orders that can still trigger. */
export const WAITING_STATES = ['NEW', 'TRIGGERING']

/** Whether a conditional order can still trigger. */
export function isWaiting({ algoStatus, actualOrderId }: AlgoOrderRow): boolean {
  return actualOrderId === null && WAITING_STATES.includes(algoStatus)
}

/**
 * Which of these conditional orders have become a child: they are listed together, and only those that do not wait there are asked for.
 *
 * @throws {VenueError} when one could not be asked for, after the others
 */
export async function linkChildren(session: ApiSession, symbol: string, orders: readonly KnownOrder[]): Promise<void> {
  const listed = await session.reader.read(openAlgoOrdersRequest(symbol), parseAlgoOrders)
  for (const row of listed) noteAlgo(session, row)
  const waiting = new Set(listed.filter(isWaiting).map((row) => row.clientAlgoId))
  const missing = orders.filter((order) => order.childOrderId === null && !waiting.has(order.clientOrderId))
  const failures: unknown[] = []
  for (const { clientOrderId } of missing)
    await findAlgo(session, clientOrderId).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/** What the child says, under the name of the order it came from. */
function childReport(child: OrderRow, row: AlgoOrderRow, account: string): OrderInput {
  const report = translateOrderRow(child, account)
  const status = report.status === 'acknowledged' ? 'triggered' : report.status
  return orderInput({
    ...report,
    status,
    clientOrderId: row.clientAlgoId,
    orderId: row.algoId,
    childOrderId: child.orderId,
  })
}

/** By the id the conditional order names; a finished one that names none may share its client id with its child. */
function findChild(session: ApiSession, row: AlgoOrderRow): Promise<OrderRow | null> {
  const { symbol, actualOrderId, algoStatus, clientAlgoId } = row
  if (actualOrderId !== null) return findOrdinary(session, symbol, { orderId: actualOrderId })
  return algoStatus === 'FINISHED'
    ? findOrdinary(session, symbol, { origClientOrderId: clientAlgoId })
    : Promise.resolve(null)
}

async function findConditional(session: ApiSession, { symbol, clientOrderId }: OrderRef): Promise<OrderInput | null> {
  const row = await findAlgo(session, clientOrderId)
  if (row === null) return null
  const child = await findChild(session, row)
  if (child !== null) return childReport(child, row, session.account)
  const news = algoRowNews(row, session.account)
  return news === null
    ? orderInput({
        account: session.account,
        symbol,
        time: row.updateTime,
        clientOrderId,
        status: 'unknown',
        message: row.algoStatus,
      })
    : orderInput(news)
}

async function findPlain(
  session: ApiSession,
  { symbol, clientOrderId, venueOrderId }: OrderRef,
): Promise<OrderInput | null> {
  const row =
    (await findOrdinary(session, symbol, { origClientOrderId: clientOrderId })) ??
    (venueOrderId === null ? null : await findOrdinary(session, symbol, { orderId: venueOrderId }))
  if (row === null) return null
  const { side, positionSide } = row
  session.registry.note(
    {
      symbol,
      clientOrderId,
      isConditional: false,
      side: orderSideOf(side),
      positionSide: positionSideOf(positionSide),
    },
    row.orderId,
  )
  const report = translateOrderRow(row, session.account)
  return { ...report, filledQuantity: parseQuantity(row.executedQty) }
}

/**
 * Looks where an order of that kind lives, and at its child where it has triggered. An order that was never placed is found nowhere;
 * neither is one that the venue's copy has not seen yet.
 */
export async function findOrder(session: ApiSession, order: OrderRef): Promise<OrderLookup> {
  const report = isConditional(order.orderType)
    ? await findConditional(session, order)
    : await findPlain(session, order)
  return report === null ? { type: 'notFound', time: session.serverClock.now() } : { type: 'found', report }
}
