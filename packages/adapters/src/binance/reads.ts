import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import type { ApiSession } from '../fapi/api-session.js'
import { readTimed } from '../fapi/read-timed.js'
import { translateBalance } from '../fapi/translate/balance.js'
import type { CandleTerms } from '../fapi/market-venue.js'
import { translateKline } from '../fapi/translate/candle.js'
import { translateInstruments, translateRateLimits } from '../fapi/translate/instrument.js'
import type { OrderRegistry } from '../fapi/translate/order-registry.js'
import { translateOpenOrder } from '../fapi/translate/open-order.js'
import { translatePositions } from '../fapi/translate/position-input.js'
import type { Balance } from '../venue/balance.js'
import type { Candle } from '../venue/candle.js'
import type { OpenOrder } from '../venue/snapshots.js'
import { BINANCE_RATE_LIMITS } from './constants.js'
import { findAlgo, isWaiting, noteAlgo, WAITING_STATES } from './find-order.js'
import { translateOpenAlgoOrder } from './translate/open-algo-order.js'
import { balancesRequest, parseBalances } from './wire/balances.js'
import { exchangeInfoRequest, parseExchangeInfo } from './wire/exchange-info.js'
import { klinesRequest, parseKlines } from './wire/klines.js'
import { openAlgoOrdersRequest, parseAlgoOrders } from './wire/open-algo-orders.js'
import { openOrdersRequest, parseOpenOrders } from './wire/open-orders.js'
import { parsePositionMode, positionModeRequest } from './wire/position-mode.js'
import { parsePositionRisk, positionRiskRequest } from './wire/position-risk.js'

/** All symbols with their limits; the budget takes over the venue's own. */
export async function fetchInstruments({ reader, budget }: ApiSession): Promise<readonly Instrument[]> {
  const info = await reader.read(exchangeInfoRequest, parseExchangeInfo)
  budget.setLimits(translateRateLimits(info, BINANCE_RATE_LIMITS))
  return translateInstruments(info).map((instrument) => ({ ...instrument, maxConditionalOrders: null }))
}

/** The newest candles of a symbol. */
export async function fetchCandles({ reader }: ApiSession, terms: CandleTerms): Promise<readonly Candle[]> {
  return (await reader.read(klinesRequest(terms), parseKlines)).map(translateKline)
}

/** What the account holds, asset by asset. */
export async function fetchBalances(session: ApiSession): Promise<readonly Balance[]> {
  const { answer, time } = await readTimed(session, balancesRequest, parseBalances)
  return answer.map((row) => translateBalance(row, time))
}

/** How the account holds positions. */
export async function fetchPositionMode({ reader }: ApiSession): Promise<PositionMode> {
  return (await reader.read(positionModeRequest, parsePositionMode)) ? 'HEDGE' : 'ONE_WAY'
}

/** Where the account's positions stand. */
export async function fetchPositions(
  session: ApiSession,
  symbols: readonly string[],
  mode: PositionMode,
): Promise<readonly PositionInput[]> {
  const { answer, time } = await readTimed(session, positionRiskRequest, parsePositionRisk)
  return translatePositions(answer, { account: session.account, time, symbols, mode })
}

const MOST_LOOKUPS = 50

/** The child of a conditional order goes by the name of that order. */
function named(order: OpenOrder, registry: OrderRegistry): OpenOrder {
  const { symbol, clientOrderId, orderSide: side, positionSide, venueOrderId } = order
  const sameName = registry.byClientId(clientOrderId)
  const parent = registry.byOrderId(venueOrderId) ?? (sameName?.symbol === symbol ? sameName : null)
  if (parent?.isConditional !== true) {
    registry.note({ symbol, clientOrderId, isConditional: false, side, positionSide }, venueOrderId)
    return order
  }
  registry.linkChild(parent, venueOrderId)
  const parentId = parent.venueOrderId ?? venueOrderId
  return {
    ...order,
    clientOrderId: parent.clientOrderId,
    venueOrderId: parentId,
    childOrderId: venueOrderId,
    isConditional: true,
  }
}

/** Conditional orders that waited when we last heard of them and are listed no more: each is asked for, so that its child is known. */
async function settleMissing(session: ApiSession, symbol: string | null, listed: ReadonlySet<string>): Promise<void> {
  const missing = session.registry
    .waitingOn(symbol)
    .filter((order) => order.venueOrderId !== null && !listed.has(order.clientOrderId))
  for (const order of missing.slice(-MOST_LOOKUPS)) {
    const row = await findAlgo(session, order.clientOrderId)
    // Not found is no end: the venue may not find what it has taken, and the order may still trigger.
    const isOver = row !== null && !WAITING_STATES.includes(row.algoStatus)
    if (isOver && order.childOrderId === null) session.registry.end(order)
  }
}

/**
 * Ordinary orders, conditional orders that wait, and children of those that have triggered, each once. The venue may go on listing a
 * conditional order that waits no more: whether its child rests, the list of ordinary orders says.
 */
export async function fetchOpenOrders(session: ApiSession, symbol: string | null): Promise<readonly OpenOrder[]> {
  const { reader, registry } = session
  const [ordinary, conditional] = await Promise.all([
    reader.read(openOrdersRequest(symbol), parseOpenOrders),
    reader.read(openAlgoOrdersRequest(symbol), parseAlgoOrders),
  ])
  for (const row of conditional) noteAlgo(session, row)
  const waiting = conditional.filter(isWaiting).map(translateOpenAlgoOrder)
  await settleMissing(session, symbol, new Set(waiting.map((order) => order.clientOrderId)))
  const plain = ordinary.map((row) => named(translateOpenOrder(row), registry))
  const triggered = new Set(plain.map((order) => order.clientOrderId))
  return [...plain, ...waiting.filter((order) => !triggered.has(order.clientOrderId))]
}
