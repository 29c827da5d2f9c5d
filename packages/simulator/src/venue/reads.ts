import {
  type Balance,
  type Candle,
  type CandleInterval,
  type FundingHistory,
  type FundingRequest,
  type HistoryRequest,
  type OpenOrder,
  type OrderLookup,
  type OrderRef,
  type TradeHistory,
  VenueError,
} from '@tranchebook/adapters'
import {
  formatMoney,
  type FundingInput,
  type Instrument,
  type PositionInput,
  type PositionMode,
  type PositionSide,
} from '@tranchebook/core'
import { findConditional, findOrder } from '../engine/cancel-order.js'
import { positionLine } from '../engine/account-news.js'
import { type Income, positionOf, walletOf } from '../engine/account.js'
import { barsOf, intervalMs } from '../engine/candles.js'
import { marketOf } from '../engine/exchange.js'
import { availableBalance } from '../engine/margin.js'
import { waitsForTrigger } from '../engine/order.js'
import { fillInput, positionInput } from './account-news.js'
import { openConditional, openOrder, reportConditional, reportOrder } from './order-report.js'
import type { SimulatedSession } from './session.js'

/** What is asked, and how the same was answered before. */
interface Question<Value> {
  readonly text: string
  readonly before: Map<string, Value>
}

/**
 * Answers a question, or fails as the faults have it. A stale answer is the one given before to the same question.
 *
 * @throws {VenueError} `simulator.read.failed`
 */
async function answer<Value>(session: SimulatedSession, question: Question<Value>, ask: () => Value): Promise<Value> {
  const { text, before } = question
  await Promise.resolve()
  const fault = session.isClosed ? 'unanswered' : session.faults.forRead()
  if (fault === 'unanswered' || fault === 'tooManyRequests') {
    const why = session.isClosed
      ? 'the venue is closed'
      : fault === 'unanswered'
        ? 'no answer came'
        : 'too many requests'
    throw new VenueError('simulator.read.failed', `could not ask the simulated venue for ${text}: ${why}`, {
      details: { question: text },
    })
  }
  const known = fault === 'stale' ? before.get(text) : undefined
  const value = known ?? ask()
  before.set(text, value)
  return value
}

/** The venue knows a symbol no more once it is delisted. @throws {VenueError} `simulator.read.failed` */
function assertListed({ exchange }: SimulatedSession, symbol: string): void {
  if (marketOf(exchange, symbol).listing !== 'gone') return
  throw new VenueError('simulator.read.failed', `could not ask for ${symbol}: Invalid symbol.`, {
    details: { symbol, outcome: 'refused', code: '-1121', reason: 'invalid' },
  })
}

/** Everything the venue lists. */
export function readInstruments(session: SimulatedSession): Promise<readonly Instrument[]> {
  return answer(session, { text: 'instruments', before: session.answers.instruments }, () =>
    [...session.exchange.markets.values()].flatMap(({ rules, listing }) =>
      listing === 'gone' ? [] : [rules.instrument],
    ),
  )
}

/** One-way or hedge. */
export function readMode(session: SimulatedSession): Promise<PositionMode> {
  return answer(session, { text: 'position mode', before: session.answers.mode }, () =>
    session.account.isHedge ? 'HEDGE' : 'ONE_WAY',
  )
}

/** One report per side, flat ones included. */
export function readPositions(
  session: SimulatedSession,
  symbols: readonly string[],
): Promise<readonly PositionInput[]> {
  const { exchange, account } = session
  return answer(session, { text: `positions of ${symbols.join(', ')}`, before: session.answers.positions }, () => {
    const sides: readonly PositionSide[] = account.isHedge ? ['LONG', 'SHORT'] : ['BOTH']
    const listed = symbols.filter((symbol) => marketOf(exchange, symbol).listing !== 'gone')
    return listed.flatMap((symbol) =>
      sides.map((side) => {
        const line = positionLine(exchange, account, positionOf(account, symbol, side))
        const report = positionInput(account, line, exchange.time)
        return { ...report, markPrice: marketOf(exchange, symbol).mark }
      }),
    )
  })
}

/** What rests, in every id space. */
export function readOpenOrders(session: SimulatedSession, symbol: string | null): Promise<readonly OpenOrder[]> {
  const { account } = session
  return answer(
    session,
    { text: `open orders of ${symbol ?? 'all symbols'}`, before: session.answers.openOrders },
    () => {
      if (symbol !== null) assertListed(session, symbol)
      const orders = [...account.live.values()].map((order) => openOrder(account, order))
      const waiting = [...account.waiting.values()].map((order) => openConditional(order))
      return [...orders, ...waiting].filter((order) => symbol === null || order.symbol === symbol)
    },
  )
}

function lookUp({ account, exchange }: SimulatedSession, ref: OrderRef): OrderLookup {
  const name = { clientOrderId: ref.clientOrderId }
  const conditional = waitsForTrigger(ref.orderType) ? findConditional(account, name) : null
  if (conditional !== null) return { type: 'found', report: reportConditional(account, conditional) }
  const order = findOrder(account, ref.symbol, name)
  return order === null
    ? { type: 'notFound', time: exchange.time }
    : { type: 'found', report: reportOrder(account, order) }
}

/** Where an order stands; for a while it may not be found although it is there. */
export async function readOrder(session: SimulatedSession, ref: OrderRef): Promise<OrderLookup> {
  await Promise.resolve()
  const fault = session.isClosed ? null : session.faults.forRead()
  if (fault === 'notFoundYet') return { type: 'notFound', time: session.exchange.time }
  return answer(session, { text: `order ${ref.clientOrderId}`, before: session.answers.orders }, () => {
    assertListed(session, ref.symbol)
    return lookUp(session, ref)
  })
}

function isWanted(row: { readonly id: string; readonly time: number }, { afterId, since }: HistoryRequest): boolean {
  if (afterId !== null) return BigInt(row.id) >= BigInt(afterId)
  return since === null || row.time >= since
}

/** Trades of a symbol from an id or a time on, the known one included. */
export function readTrades(session: SimulatedSession, request: HistoryRequest): Promise<TradeHistory> {
  const { account } = session
  return answer(session, { text: `trades of ${request.symbol}`, before: session.answers.trades }, () => {
    assertListed(session, request.symbol)
    const trades = account.trades.filter((trade) => trade.symbol === request.symbol && isWanted(trade, request))
    return { fills: trades.map((trade) => fillInput(account, trade)), isComplete: true }
  })
}

function fundingInput({ account }: SimulatedSession, { id, time, symbol, amount, asset }: Income): FundingInput {
  return {
    type: 'funding',
    id: `funding:${id}`,
    time,
    account: account.id,
    symbol,
    amount,
    asset,
    fundingId: id,
    positionSide: null,
  }
}

/** Funding payments of a symbol from an id or a time on, the known one included, up to a time. */
export function readFunding(session: SimulatedSession, request: FundingRequest): Promise<FundingHistory> {
  const { account, exchange } = session
  const until = request.until ?? exchange.time
  return answer(session, { text: `funding of ${request.symbol}`, before: session.answers.funding }, () => {
    assertListed(session, request.symbol)
    const isFunding = (row: Income): boolean => row.type === 'FUNDING_FEE' && row.symbol === request.symbol
    const rows = account.income.filter((row) => isFunding(row) && row.time <= until && isWanted(row, request))
    return { payments: rows.map((row) => fundingInput(session, row)), isComplete: true }
  })
}

/** The newest bars of a symbol. */
export function readCandles(
  session: SimulatedSession,
  symbol: string,
  { interval, limit }: { readonly interval: CandleInterval; readonly limit: number },
): Promise<readonly Candle[]> {
  const { exchange, answers } = session
  return answer(session, { text: `${interval} candles of ${symbol}`, before: answers.candles }, () =>
    barsOf(exchange, symbol, interval)
      .slice(-Math.max(1, limit))
      .map(({ openTime, open, high, low, close, volume }) => {
        return { openTime, closeTime: openTime + intervalMs(interval) - 1, open, high, low, close, volume }
      }),
  )
}

/** What the account holds, asset by asset. */
export function readBalances(session: SimulatedSession): Promise<readonly Balance[]> {
  const { exchange, account } = session
  return answer(session, { text: 'balances', before: session.answers.balances }, () =>
    [...account.wallets.keys()].map((asset) => ({
      asset,
      walletBalance: formatMoney(walletOf(account, asset)),
      availableBalance: formatMoney(availableBalance(exchange, account, asset)),
      time: exchange.time,
    })),
  )
}
