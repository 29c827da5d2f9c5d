import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import { readFailure } from '../fapi/read-answer.js'
import { readTimed } from '../fapi/read-timed.js'
import { translateBalance } from '../fapi/translate/balance.js'
import type { CandleTerms } from '../fapi/market-venue.js'
import { translateKline } from '../fapi/translate/candle.js'
import { translateInstruments, translateRateLimits } from '../fapi/translate/instrument.js'
import { translateOpenOrder } from '../fapi/translate/open-order.js'
import { translatePositions } from '../fapi/translate/position-input.js'
import type { OrderRow } from '../fapi/wire/order-row.js'
import type { Balance } from '../venue/balance.js'
import type { Candle } from '../venue/candle.js'
import type { OrderRef } from '../venue/order-request.js'
import type { OpenOrder, OrderLookup } from '../venue/snapshots.js'
import type { OrderId } from '../binance/wire/cancel-order.js'
import type { AsterMarketSession, AsterSession } from './aster-session.js'
import { ASTER_RATE_LIMITS } from './constants.js'
import { noteRow, reportOf } from './translate/order-report.js'
import { balancesRequest, parseBalances } from './wire/balances.js'
import { exchangeInfoRequest, parseExchangeInfo } from './wire/exchange-info.js'
import { klinesRequest, parseKlines } from './wire/klines.js'
import { openOrdersRequest, parseOpenOrders } from './wire/open-orders.js'
import { parsePositionMode, positionModeRequest } from './wire/position-mode.js'
import { parsePositionRisk, positionRiskRequest } from './wire/position-risk.js'
import { parseOrderRow, queryOrderRequest } from './wire/query-order.js'

/** All symbols with their limits, conditional orders per symbol among them; the budget takes over the venue's own. */
export async function fetchInstruments({
  reader,
  budget,
  version,
}: AsterMarketSession): Promise<readonly Instrument[]> {
  const info = await reader.read(exchangeInfoRequest(version), parseExchangeInfo)
  budget.setLimits(translateRateLimits(info, ASTER_RATE_LIMITS))
  return translateInstruments(info)
}

/** The newest candles of a symbol. */
export async function fetchCandles(
  { reader, version }: AsterMarketSession,
  terms: CandleTerms,
): Promise<readonly Candle[]> {
  return (await reader.read(klinesRequest(version, terms), parseKlines)).map(translateKline)
}

/** What the account holds, asset by asset. */
export async function fetchBalances(session: AsterSession): Promise<readonly Balance[]> {
  const { answer, time } = await readTimed(session, balancesRequest(session.version), parseBalances)
  return answer.map((row) => translateBalance(row, time))
}

/** How the account holds positions. */
export async function fetchPositionMode({ reader, version }: AsterSession): Promise<PositionMode> {
  return (await reader.read(positionModeRequest(version), parsePositionMode)) ? 'HEDGE' : 'ONE_WAY'
}

/** Where the account's positions stand. */
export async function fetchPositions(
  session: AsterSession,
  symbols: readonly string[],
  mode: PositionMode,
): Promise<readonly PositionInput[]> {
  const { answer, time } = await readTimed(session, positionRiskRequest(session.version), parsePositionRisk)
  return translatePositions(answer, { account: session.account, time, symbols, mode })
}

/** All of them: conditional orders live among the others. */
export async function fetchOpenOrders(
  { reader, registry, version }: AsterSession,
  symbol: string | null,
): Promise<readonly OpenOrder[]> {
  const rows = await reader.read(openOrdersRequest(version, symbol), parseOpenOrders)
  for (const row of rows) noteRow(registry, row)
  return rows.map(translateOpenOrder)
}

/** The order, terminal ones included; `null` = no such order. @throws {VenueError} when the venue could not be asked. */
export async function findRow(session: AsterSession, symbol: string, order: OrderId): Promise<OrderRow | null> {
  const request = queryOrderRequest(session.version, symbol, order)
  const verdict = await session.api.send(request)
  if (verdict.outcome === 'refused' && verdict.reason === 'unknown-order') return null
  if (verdict.outcome !== 'done') throw readFailure(request, verdict)
  const row = parseOrderRow(verdict.body)
  noteRow(session.registry, row)
  return row
}

/** By client id, then by the venue's. */
export async function findOrder(
  session: AsterSession,
  { symbol, clientOrderId, venueOrderId }: OrderRef,
): Promise<OrderLookup> {
  const row =
    (await findRow(session, symbol, { origClientOrderId: clientOrderId })) ??
    (venueOrderId === null ? null : await findRow(session, symbol, { orderId: venueOrderId }))
  if (row === null) return { type: 'notFound', time: session.serverClock.now() }
  return { type: 'found', report: reportOf(row, session.account) }
}
