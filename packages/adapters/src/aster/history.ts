import { collectIncome } from '../fapi/income-pages.js'
import { unlessUnknown } from '../fapi/read-answer.js'
import { collectTrades, type TradePages } from '../fapi/trade-pages.js'
import { paidEitherWay, translateUserTrade } from '../fapi/translate/fill-input.js'
import { translateFunding } from '../fapi/translate/funding-input.js'
import type { UserTradeRow } from '../fapi/wire/user-trade-row.js'
import type { FundingHistory, FundingRequest, HistoryRequest, TradeHistory } from '../venue/snapshots.js'
import type { AsterSession } from './aster-session.js'
import { HISTORY_MS, HISTORY_WINDOW_MS, ORDER_LAG_MS } from './constants.js'
import { findRow } from './reads.js'
import { noteRow } from './translate/order-report.js'
import { forceOrdersRequest, parseForceOrders } from './wire/force-orders.js'
import { fundingRequest, INCOME_PAGE, parseIncome } from './wire/income.js'
import { parseUserTrades, USER_TRADES_PAGE, userTradesRequest } from './wire/user-trades.js'

/** Orders of trades that are looked up one by one; the newest come first. */
const MOST_LOOKUPS = 50

function pagesOf({ reader, version }: AsterSession): TradePages {
  return {
    fromId: (symbol, fromId) => reader.read(userTradesRequest(version, symbol, { fromId }), parseUserTrades),
    span: (symbol, startTime, endTime) =>
      reader.read(userTradesRequest(version, symbol, { startTime, endTime }), parseUserTrades),
    latest: (symbol) => reader.read(userTradesRequest(version, symbol, {}), parseUserTrades),
    size: USER_TRADES_PAGE,
  }
}

/** Looks for orders that nobody knows; what is found nowhere may have been forced by the venue. Those of fresh trades that were looked for in vain: the venue may find them soon. */
async function learnOrders(
  session: AsterSession,
  symbol: string,
  { rows, isFresh }: { readonly rows: readonly UserTradeRow[]; readonly isFresh: (row: UserTradeRow) => boolean },
): Promise<ReadonlySet<string>> {
  const { reader, registry, version } = session
  const strangers = (): readonly string[] => registry.strangers(rows.map((row) => row.orderId))
  const asked = strangers().slice(-MOST_LOOKUPS)
  for (const orderId of asked) await findRow(session, symbol, { orderId })
  const missing = new Set(strangers())
  const first = rows.find((row) => missing.has(row.orderId))
  if (first === undefined) return new Set()
  const forced = reader.read(forceOrdersRequest(version, symbol, first.time), parseForceOrders)
  for (const row of await unlessUnknown(forced, [])) noteRow(registry, row)
  const fresh = new Set(rows.filter(isFresh).map((row) => row.orderId))
  const lost = strangers().filter((orderId) => asked.includes(orderId))
  for (const orderId of lost) if (!fresh.has(orderId)) registry.missed(orderId)
  return new Set(lost.filter((orderId) => fresh.has(orderId)))
}

/**
 * Trades from an id or a time on, each with the client id of its order where the venue still knows it. A fresh trade whose order it does
 * not find yet is left to the next question: without its order it would be booked as somebody else's.
 */
export async function fetchTrades(session: AsterSession, request: HistoryRequest): Promise<TradeHistory> {
  await session.serverClock.keepFresh()
  const bounds = { now: session.serverClock.now(), historyMs: HISTORY_MS, windowMs: HISTORY_WINDOW_MS }
  const { rows, isComplete } = await collectTrades(pagesOf(session), request, bounds)
  const isFresh = ({ time }: UserTradeRow): boolean => time > bounds.now - ORDER_LAG_MS
  const awaited = await learnOrders(session, request.symbol, { rows, isFresh })
  const ripe = rows.filter((row) => !awaited.has(row.orderId))
  const fills = ripe.map((row) => {
    const clientOrderId = session.registry.byOrderId(row.orderId)?.clientOrderId ?? null
    return translateUserTrade(row, clientOrderId, { account: session.account, clientOrderId, readFee: paidEitherWay })
  })
  return { fills, isComplete }
}

/** Funding of a symbol from a time on. */
export async function fetchFunding(session: AsterSession, request: FundingRequest): Promise<FundingHistory> {
  const { reader, serverClock, account, version } = session
  await serverClock.keepFresh()
  const bounds = { now: serverClock.now(), historyMs: HISTORY_MS, windowMs: HISTORY_WINDOW_MS }
  const { symbol } = request
  const pages = {
    span: (startTime: number, endTime: number) =>
      reader.read(fundingRequest(version, { symbol, startTime, endTime }), parseIncome),
    size: INCOME_PAGE,
  }
  const { rows, isComplete } = await collectIncome(pages, request, bounds)
  return { payments: rows.map((row) => translateFunding(row, account, symbol)), isComplete }
}
