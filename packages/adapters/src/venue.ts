import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import type { AccountEvent, MarketEvent } from './venue/account-event.js'
import type { VenueCapabilities } from './venue/capabilities.js'
import type { OrderChange, OrderRef, OrderRequest } from './venue/order-request.js'
import type {
  ClockReading,
  FundingHistory,
  FundingRequest,
  HistoryRequest,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from './venue/snapshots.js'
import type { WriteResult } from './venue/write-result.js'

/** A running subscription. */
export interface VenueStream {
  /** Settles when the first connection stands, or rejects when it can never stand (wrong keys). */
  readonly opened: Promise<void>
  /**
   * Releases the events held back since the `resyncNeeded` of that number, in order. Call it once its resynchronisation is booked; a
   * number that a later gap has overtaken releases nothing.
   */
  resume(resync: number): void
  close(): Promise<void>
}

/**
 * An exchange account, real or simulated. Reads throw a `VenueError` when the venue could not be asked (a failed read says nothing
 * about positions or orders). Writes never throw: see {@link WriteResult}. All inputs it yields carry the account it was opened for.
 */
export interface Venue {
  readonly name: string
  readonly account: string
  readonly capabilities: VenueCapabilities

  fetchInstruments(): Promise<readonly Instrument[]>
  fetchPositionMode(): Promise<PositionMode>
  /** One report per side of each symbol, quantity 0 where the venue says flat. */
  fetchPositions(symbols: readonly string[]): Promise<readonly PositionInput[]>
  /** Every id space. `null` = all symbols, which costs more. */
  fetchOpenOrders(symbol: string | null): Promise<readonly OpenOrder[]>
  /** Looks in every id space. */
  findOrder(order: OrderRef): Promise<OrderLookup>
  fetchTrades(request: HistoryRequest): Promise<TradeHistory>
  fetchFunding(request: FundingRequest): Promise<FundingHistory>
  /** Asks the venue for its time and keeps the best reading. */
  syncClock(): Promise<ClockReading>

  submit(order: OrderRequest): Promise<WriteResult>
  /** One result per order, in the order of the request. Not atomic. */
  submitMany(orders: readonly OrderRequest[]): Promise<readonly WriteResult[]>
  /** Changes a resting LIMIT order in place; `refused` with `invalid` where the venue cannot. */
  modify(change: OrderChange): Promise<WriteResult>
  /** `acknowledged` = it will not fill any more; whatever it filled before counts. */
  cancel(order: OrderRef): Promise<WriteResult>
  cancelMany(orders: readonly OrderRef[]): Promise<readonly WriteResult[]>
  /** Everything of ours and of others on the symbol, in every id space. */
  cancelAll(symbol: string): Promise<WriteResult>
  setLeverage(symbol: string, leverage: number): Promise<WriteResult>

  streamMarks(symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream
  /** Starts with `resyncNeeded`: what happened before the stream stood is not in it. */
  streamAccount(listener: (event: AccountEvent) => void): VenueStream

  /** Ends all streams and connections. Writes after it are `not-sent`. */
  close(): Promise<void>
}
