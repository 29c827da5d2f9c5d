import {
  type AccountEvent,
  ASTER_CAPABILITIES,
  BINANCE_CAPABILITIES,
  type Balance,
  type BalanceSource,
  type Candle,
  type CandleInterval,
  type CandleSource,
  type Clock,
  type ClockReading,
  type FundingHistory,
  type FundingRequest,
  type HistoryRequest,
  type MarketEvent,
  type OpenOrder,
  type OrderChange,
  type OrderLookup,
  type OrderRef,
  type OrderRequest,
  type TradeHistory,
  type Venue,
  type VenueCapabilities,
  type VenueStream,
  type WriteResult,
} from '@tranchebook/adapters'
import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import type { Behaviour } from '../engine/behaviour.js'
import { accountOf, type Exchange } from '../engine/exchange.js'
import { type Faults, NO_FAULTS } from '../faults/faults.js'
import { type CuttableStream, openAccountStream } from './account-stream.js'
import { openMarkStream } from './mark-stream.js'
import * as reads from './reads.js'
import { noAnswers, type SimulatedSession } from './session.js'
import * as writes from './writes.js'

/** Where prices come from that are not made here. */
export interface PriceSource extends CandleSource {
  /** Marks for that account, told once the venue stands on them. */
  streamMarks(account: string, symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream
  close(): Promise<void>
}

/** Which account is opened, at which venue. */
export interface SimulatedVenueOptions {
  readonly exchange: Exchange
  /** Id of an account that was opened at the exchange. */
  readonly account: string
  /** Late messages come and cut streams stand again by this clock. */
  readonly clock: Clock
  readonly faults?: Faults
  readonly name?: string
  /** How long after it was sent a request may still land, ms; absent = {@link ACCEPT_WINDOW_MS}. Later ones are refused. */
  readonly acceptWindowMs?: number
  /** Whose marks and candles are told; the venue's own where absent. Closed with the venue. */
  readonly prices?: PriceSource
}

/** What lands late in process does so within this time, in ms. */
const ACCEPT_WINDOW_MS = 5_000

function capabilitiesOf(
  { conditionalStyle, maxConditionals, isClosePositionExclusive }: Behaviour,
  acceptWindowMs: number,
): VenueCapabilities {
  const like = conditionalStyle === 'separate' ? BINANCE_CAPABILITIES : ASTER_CAPABILITIES
  return {
    ...like,
    maxConditionalOrders: maxConditionals,
    isClosePositionStopExclusive: isClosePositionExclusive,
    canCancelInFlight: false,
    acceptWindowMs,
    hasEarlyFills: false,
    historyMs: null,
    cancelledOrderMs: null,
  }
}

/** The simulated venue behind the port, in this process. Its streams can be cut by hand. */
export class SimulatedVenue implements Venue, CandleSource, BalanceSource {
  readonly name: string
  readonly account: string
  readonly capabilities: VenueCapabilities
  readonly #session: SimulatedSession
  readonly #streams = new Set<CuttableStream>()
  readonly #prices: PriceSource | null

  constructor({
    exchange,
    account,
    clock,
    faults,
    name,
    acceptWindowMs = ACCEPT_WINDOW_MS,
    prices,
  }: SimulatedVenueOptions) {
    this.#prices = prices ?? null
    this.name = name ?? 'simulated'
    this.account = account
    this.capabilities = capabilitiesOf(exchange.behaviour, acceptWindowMs)
    this.#session = {
      exchange,
      account: accountOf(exchange, account),
      clock,
      faults: faults ?? NO_FAULTS,
      acceptWindowMs,
      answers: noAnswers(),
      isClosed: false,
    }
  }

  fetchInstruments = (): Promise<readonly Instrument[]> => reads.readInstruments(this.#session)
  fetchPositionMode = (): Promise<PositionMode> => reads.readMode(this.#session)
  /** Without marks where prices are made elsewhere: what is known of them here is no newer than what was streamed. */
  fetchPositions = async (symbols: readonly string[]): Promise<readonly PositionInput[]> => {
    const positions = await reads.readPositions(this.#session, symbols)
    return this.#prices === null ? positions : positions.map((position) => ({ ...position, markPrice: null }))
  }
  fetchOpenOrders = (symbol: string | null): Promise<readonly OpenOrder[]> =>
    reads.readOpenOrders(this.#session, symbol)
  findOrder = (order: OrderRef): Promise<OrderLookup> => reads.readOrder(this.#session, order)
  fetchTrades = (request: HistoryRequest): Promise<TradeHistory> => reads.readTrades(this.#session, request)
  fetchFunding = (request: FundingRequest): Promise<FundingHistory> => reads.readFunding(this.#session, request)
  fetchCandles = (symbol: string, interval: CandleInterval, limit: number): Promise<readonly Candle[]> =>
    this.#prices?.fetchCandles(symbol, interval, limit) ?? reads.readCandles(this.#session, symbol, { interval, limit })
  fetchBalances = (): Promise<readonly Balance[]> => reads.readBalances(this.#session)

  syncClock = (): Promise<ClockReading> => {
    const time = this.#session.clock.now()
    return Promise.resolve({ offsetMs: this.#session.exchange.time - time, roundTripMs: 0, time })
  }

  submit = (order: OrderRequest): Promise<WriteResult> => writes.submit(this.#session, order)
  submitMany = (orders: readonly OrderRequest[]): Promise<readonly WriteResult[]> =>
    Promise.all(orders.map((order) => this.submit(order)))
  modify = (change: OrderChange): Promise<WriteResult> => writes.modify(this.#session, change)
  cancel = (order: OrderRef): Promise<WriteResult> => writes.cancel(this.#session, order)
  cancelMany = (orders: readonly OrderRef[]): Promise<readonly WriteResult[]> =>
    Promise.all(orders.map((order) => this.cancel(order)))
  cancelAll = (symbol: string): Promise<WriteResult> => writes.cancelAll(this.#session, symbol)
  setLeverage = (symbol: string, leverage: number): Promise<WriteResult> =>
    writes.changeLeverage(this.#session, symbol, leverage)

  streamMarks = (symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream =>
    this.#prices?.streamMarks(this.account, symbols, listener) ??
    this.#keep(openMarkStream(this.#session, symbols, listener))

  streamAccount = (listener: (event: AccountEvent) => void): VenueStream =>
    this.#keep(openAccountStream(this.#session, listener))

  /** Cuts every stream: what happens until they stand again is not told. */
  cutStreams = (reason: string): void => {
    for (const stream of this.#streams) stream.cut(reason)
  }

  close = async (): Promise<void> => {
    this.#session.isClosed = true
    await Promise.all([...this.#streams].map((stream) => stream.close()))
    this.#streams.clear()
    await this.#prices?.close()
  }

  #keep(stream: CuttableStream): VenueStream {
    this.#streams.add(stream)
    return stream
  }
}

/** An account at a simulated venue, in this process. */
export function openSimulated(options: SimulatedVenueOptions): SimulatedVenue {
  return new SimulatedVenue(options)
}
