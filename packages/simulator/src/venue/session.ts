import type {
  Balance,
  Candle,
  Clock,
  FundingHistory,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from '@tranchebook/adapters'
import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import type { Account } from '../engine/account.js'
import type { Exchange } from '../engine/exchange.js'
import type { Faults } from '../faults/faults.js'

/** Answers given before, by question: an answer may be stale. */
export interface Answers {
  readonly instruments: Map<string, readonly Instrument[]>
  readonly mode: Map<string, PositionMode>
  readonly positions: Map<string, readonly PositionInput[]>
  readonly openOrders: Map<string, readonly OpenOrder[]>
  readonly orders: Map<string, OrderLookup>
  readonly trades: Map<string, TradeHistory>
  readonly funding: Map<string, FundingHistory>
  readonly balances: Map<string, readonly Balance[]>
  readonly candles: Map<string, readonly Candle[]>
}

/** Nothing was answered yet. */
export function noAnswers(): Answers {
  return {
    instruments: new Map(),
    mode: new Map(),
    positions: new Map(),
    openOrders: new Map(),
    orders: new Map(),
    trades: new Map(),
    funding: new Map(),
    balances: new Map(),
    candles: new Map(),
  }
}

/** One account at a simulated venue, as seen through the port. */
export interface SimulatedSession {
  readonly exchange: Exchange
  readonly account: Account
  readonly clock: Clock
  readonly faults: Faults
  /** How long after it was sent a request may still land, ms. */
  readonly acceptWindowMs: number
  readonly answers: Answers
  isClosed: boolean
}
