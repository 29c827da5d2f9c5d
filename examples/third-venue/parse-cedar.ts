import type {
  AccountEvent,
  Candle,
  FundingHistory,
  MarketEvent,
  OpenOrder,
  OrderLookup,
  TradeHistory,
  WriteResult,
} from '@tranchebook/adapters'
import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import { type CedarMessage, type CedarQuestion, parseLine } from './cedar-wire.js'

/** What Cedar answers to each question. */
export interface CedarAnswers {
  readonly time: number
  readonly fetchInstruments: readonly Instrument[]
  readonly fetchPositionMode: PositionMode
  readonly fetchPositions: readonly PositionInput[]
  readonly fetchOpenOrders: readonly OpenOrder[]
  readonly findOrder: OrderLookup
  readonly fetchTrades: TradeHistory
  readonly fetchFunding: FundingHistory
  readonly fetchCandles: readonly Candle[]
}

/**
 * Cedar speaks the words of the port, so there is nothing to translate. An exchange with words of its own needs a reader per message that
 * checks every field: the `wire` and `translate` rooms of the adapters show some.
 */
export function parseAnswer<Method extends keyof CedarAnswers>(_method: Method, value: unknown): CedarAnswers[Method] {
  return value as CedarAnswers[Method]
}

/** How a write ended. */
export function parseResult(value: unknown): WriteResult {
  return value as WriteResult
}

/** News of a stream of marks. */
export function parseMark(value: unknown): MarketEvent {
  return value as MarketEvent
}

/** News of the account. */
export function parseAccountEvent(value: unknown): AccountEvent {
  return value as AccountEvent
}

/** What is asked of Cedar. */
export function parseQuestion(line: string): CedarQuestion {
  return parseLine(line) as CedarQuestion
}

/** What Cedar says. */
export function parseMessage(line: string): CedarMessage {
  return parseLine(line) as CedarMessage
}
