import { collectIncome } from '../fapi/income-pages.js'
import { unlessUnknown } from '../fapi/read-answer.js'
import { fetchTradesFrom, type LearnRequest } from '../fapi/trade-history.js'
import type { TradePages } from '../fapi/trade-pages.js'
import { paidEitherWay } from '../fapi/translate/fill-input.js'
import { translateFunding } from '../fapi/translate/funding-input.js'
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

/**
 * Looks for orders that nobody knows; what is found nowhere may have been forced by the venue. Gives those of fresh trades that were looked
 * for in vain: the venue may find them soon.
 */
async function learnOrders(
  session: AsterSession,
  { symbol, rows, isFresh }: LearnRequest,
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

/** Trades from an id or a time on; see {@link fetchTradesFrom}. */
export async function fetchTrades(session: AsterSession, request: HistoryRequest): Promise<TradeHistory> {
  const source = {
    pages: pagesOf(session),
    historyMs: HISTORY_MS,
    windowMs: HISTORY_WINDOW_MS,
    orderLagMs: ORDER_LAG_MS,
    readFee: paidEitherWay,
    learnOrders: async (learning: LearnRequest) => learnOrders(session, learning),
  }
  return fetchTradesFrom(session, source, request)
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
