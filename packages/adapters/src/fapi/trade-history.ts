import type { HistoryRequest, TradeHistory } from '../venue/snapshots.js'
import type { ApiSession } from './api-session.js'
import { collectTrades, type TradePages } from './trade-pages.js'
import { type FeeReading, translateUserTrade } from './translate/fill-input.js'
import type { UserTradeRow } from './wire/user-trade-row.js'

/** Trades whose orders are to be learned. */
export interface LearnRequest {
  readonly symbol: string
  readonly rows: readonly UserTradeRow[]
  /** Whether the venue may not find the order of a trade yet. */
  readonly isFresh: (row: UserTradeRow) => boolean
}

/** How a venue tells trades. */
export interface TradeSource {
  readonly pages: TradePages
  /** How far back the venue keeps rows, in ms. */
  readonly historyMs: number
  /** Longest span of one request, in ms. */
  readonly windowMs: number
  /** So long after a trade the venue may not find its order yet, in ms. */
  readonly orderLagMs: number
  readonly readFee: FeeReading
  /** Learns which orders trades are of. Gives the ids of those that were looked for in vain, and that the venue may find soon. */
  readonly learnOrders: (request: LearnRequest) => Promise<ReadonlySet<string>>
}

/**
 * Trades from an id or a time on, each with the client id of its order where the venue still knows it. A fresh trade whose order it does
 * not find yet is left to the next question: without its order it would be booked as somebody else's.
 */
export async function fetchTradesFrom(
  { serverClock, registry, account }: ApiSession,
  { pages, historyMs, windowMs, orderLagMs, readFee, learnOrders }: TradeSource,
  request: HistoryRequest,
): Promise<TradeHistory> {
  await serverClock.keepFresh()
  const now = serverClock.now()
  const { rows, isComplete, hasMore = false } = await collectTrades(pages, request, { now, historyMs, windowMs })
  const isFresh = ({ time }: UserTradeRow): boolean => time > now - orderLagMs
  const awaited = await learnOrders({ symbol: request.symbol, rows, isFresh })
  const ripe = rows.filter((row) => !awaited.has(row.orderId))
  const fills = ripe.map((row) => {
    const clientOrderId = registry.byOrderId(row.orderId)?.clientOrderId ?? null
    return translateUserTrade(row, clientOrderId, { account, clientOrderId, readFee })
  })
  return { fills, isComplete, hasMore }
}
