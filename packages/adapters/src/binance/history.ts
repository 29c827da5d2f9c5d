import type { ApiSession } from '../fapi/api-session.js'
import { collectIncome } from '../fapi/income-pages.js'
import { unlessUnknown } from '../fapi/read-answer.js'
import { fetchTradesFrom, type LearnRequest } from '../fapi/trade-history.js'
import type { Collected, TradePages } from '../fapi/trade-pages.js'
import { paidIsPositive } from '../fapi/translate/fill-input.js'
import { translateFunding } from '../fapi/translate/funding-input.js'
import { fillKindOf, orderSideOf, positionSideOf } from '../fapi/translate/words.js'
import type { IncomeRow } from '../fapi/wire/income-row.js'
import type { OrderRow } from '../fapi/wire/order-row.js'
import type { UserTradeRow } from '../fapi/wire/user-trade-row.js'
import type { FundingHistory, FundingRequest, HistoryRequest, TradeHistory } from '../venue/snapshots.js'
import { HISTORY_MS, HISTORY_WINDOW_MS, LINK_WAIT_MS } from './constants.js'
import { findOrdinary, noteAlgo } from './find-order.js'
import { ALGO_ORDERS_PAGE, allAlgoOrdersRequest, parseAlgoOrders } from './wire/all-algo-orders.js'
import { forceOrdersRequest, parseForceOrders } from './wire/force-orders.js'
import { type FundingType, INCOME_PAGE, incomeRequest, parseIncome } from './wire/income.js'
import { parseUserTrades, USER_TRADES_PAGE, userTradesRequest } from './wire/user-trades.js'

/** Orders of trades that are looked up one by one; the newest come first. */
const MOST_LOOKUPS = 50

/** A span of history that is not cut any further, in ms. */
const LEAST_SPAN_MS = 3_600_000

/** Epoch ms, both ends included. */
interface Span {
  readonly start: number
  readonly end: number
}

function pagesOf({ reader }: ApiSession): TradePages {
  return {
    fromId: (symbol, fromId) => reader.read(userTradesRequest(symbol, { fromId }), parseUserTrades),
    span: (symbol, startTime, endTime) =>
      reader.read(userTradesRequest(symbol, { startTime, endTime }), parseUserTrades),
    latest: (symbol) => reader.read(userTradesRequest(symbol, {}), parseUserTrades),
    size: USER_TRADES_PAGE,
  }
}

function strangersIn({ registry }: ApiSession, rows: readonly UserTradeRow[]): readonly string[] {
  return registry.strangers(rows.map((row) => row.orderId))
}

function noteOrdinary(
  { registry }: ApiSession,
  { symbol, clientOrderId, side, positionSide, orderId }: OrderRow,
): void {
  const parent = registry.byClientId(clientOrderId)
  if (parent?.isConditional === true && parent.symbol === symbol) return registry.linkChild(parent, orderId)
  const facts = {
    symbol,
    clientOrderId,
    isConditional: false,
    side: orderSideOf(side),
    positionSide: positionSideOf(positionSide),
  }
  registry.note(facts, orderId)
}

/** Remembers the conditional orders of a span of at most {@link HISTORY_WINDOW_MS}, in halves where a page does not hold them. */
async function learnAlgos(session: ApiSession, symbol: string, { start, end }: Span): Promise<void> {
  const algos = await session.reader.read(allAlgoOrdersRequest(symbol, start, end), parseAlgoOrders)
  for (const algo of algos) noteAlgo(session, algo)
  if (algos.length < ALGO_ORDERS_PAGE || end - start < LEAST_SPAN_MS) return
  const middle = Math.floor((start + end) / 2)
  await learnAlgos(session, symbol, { start, end: middle })
  await learnAlgos(session, symbol, { start: middle + 1, end })
}

/** Whether a conditional order may have become that order although the venue does not say so yet. */
function mayBeChild({ registry }: ApiSession, { symbol, clientOrderId, side, positionSide }: OrderRow): boolean {
  if (registry.byClientId(clientOrderId) !== null || fillKindOf(clientOrderId) !== 'trade') return false
  return registry.waiting({ symbol, side: orderSideOf(side), positionSide: positionSideOf(positionSide) }).length > 0
}

/**
 * Trades do not name their order's client id: conditional orders are asked for together, all others one by one, and what is found
 * nowhere may have been forced by the venue. Orders of fresh trades that were looked for in vain, or that a stop may have become: the
 * venue may tell soon.
 */
async function learnOrders(session: ApiSession, { symbol, rows, isFresh }: LearnRequest): Promise<ReadonlySet<string>> {
  const { reader, registry } = session
  const unknown = new Set(strangersIn(session, rows))
  const first = rows.find((row) => unknown.has(row.orderId))
  if (first === undefined) return new Set()
  const { time } = first
  const last = rows.findLast((row) => unknown.has(row.orderId)) ?? first
  for (let start = time - HISTORY_WINDOW_MS + 1; start <= last.time; start += HISTORY_WINDOW_MS)
    await learnAlgos(session, symbol, { start, end: start + HISTORY_WINDOW_MS - 1 })
  const fresh = new Set(rows.filter(isFresh).map((row) => row.orderId))
  const asked = strangersIn(session, rows).slice(-MOST_LOOKUPS)
  for (const orderId of asked) {
    const order = await findOrdinary(session, symbol, { orderId })
    if (order !== null && !(fresh.has(orderId) && mayBeChild(session, order))) noteOrdinary(session, order)
  }
  if (strangersIn(session, rows).length === 0) return new Set()
  for (const forced of await reader.read(forceOrdersRequest(symbol, time), parseForceOrders))
    noteOrdinary(session, forced)
  for (const orderId of strangersIn(session, rows)) if (!fresh.has(orderId)) registry.missed(orderId)
  return new Set(asked.filter((orderId) => fresh.has(orderId) && registry.byOrderId(orderId) === null))
}

/** Trades from an id or a time on; see {@link fetchTradesFrom}. */
export async function fetchTrades(session: ApiSession, request: HistoryRequest): Promise<TradeHistory> {
  const source = {
    pages: pagesOf(session),
    historyMs: HISTORY_MS,
    windowMs: HISTORY_WINDOW_MS,
    orderLagMs: LINK_WAIT_MS,
    readFee: paidIsPositive,
    learnOrders: async (learning: LearnRequest) => learnOrders(session, learning),
  }
  return fetchTradesFrom(session, source, request)
}

/** Funding of a symbol from a time on, special payments included. */
export async function fetchFunding(session: ApiSession, request: FundingRequest): Promise<FundingHistory> {
  const { reader, serverClock, account } = session
  await serverClock.keepFresh()
  const bounds = { now: serverClock.now(), historyMs: HISTORY_MS, windowMs: HISTORY_WINDOW_MS }
  const { symbol } = request
  const collect = async (incomeType: FundingType): Promise<Collected<IncomeRow>> => {
    const span = (startTime: number, endTime: number): Promise<readonly IncomeRow[]> =>
      reader.read(incomeRequest({ symbol, incomeType, startTime, endTime }), parseIncome)
    return collectIncome({ span, size: INCOME_PAGE }, request, bounds)
  }
  const parts = await Promise.all([
    collect('FUNDING_FEE'),
    // A kind that not every environment of the venue knows yet.
    unlessUnknown(collect('SPECIAL_FUNDING_FEE'), { rows: [], isComplete: true }),
  ])
  const payments = parts.flatMap((part) => part.rows).map((row) => translateFunding(row, account, symbol))
  return {
    payments: payments.sort((left, right) => left.time - right.time),
    isComplete: parts.every((part) => part.isComplete),
  }
}
