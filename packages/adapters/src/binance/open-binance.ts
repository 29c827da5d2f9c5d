import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import { type ApiSession, type ConnectionOptions, openApiSession } from '../fapi/api-session.js'
import { createQuerySigner, hmacSigner, privateKeySigner } from '../fapi/query-signer.js'
import type { WriteSession } from '../fapi/write-session.js'
import type { Secret } from '../transport/secret.js'
import type { Venue, VenueStream } from '../venue.js'
import type { AccountEvent, MarketEvent } from '../venue/account-event.js'
import type { Balance, BalanceSource } from '../venue/balance.js'
import type { Candle, CandleInterval, CandleSource } from '../venue/candle.js'
import type { VenueCapabilities } from '../venue/capabilities.js'
import type { OrderChange, OrderRef, OrderRequest } from '../venue/order-request.js'
import type {
  ClockReading,
  FundingHistory,
  HistoryRequest,
  OpenOrder,
  OrderLookup,
  TradeHistory,
} from '../venue/snapshots.js'
import type { WriteResult } from '../venue/write-result.js'
import { cancel, cancelAll, cancelMany } from './cancel.js'
import {
  BINANCE_HOSTS,
  BINANCE_RATE_LIMITS,
  type BinanceHosts,
  CANCELLED_ORDER_MS,
  HISTORY_MS,
  MAX_BATCH_CANCEL,
  MAX_BATCH_SUBMIT,
  MAX_CONDITIONAL_ORDERS,
  RECV_WINDOW_MS,
} from './constants.js'
import { BINANCE_CODES } from './error-codes.js'
import { findOrder } from './find-order.js'
import { fetchFunding, fetchTrades } from './history.js'
import {
  fetchBalances,
  fetchCandles,
  fetchInstruments,
  fetchOpenOrders,
  fetchPositionMode,
  fetchPositions,
} from './reads.js'
import { modify, setLeverage } from './settings.js'
import { openSocketEntry, type SocketEntry } from './socket-entry.js'
import { streamAccount, streamMarks } from './streams.js'
import { submit, submitMany } from './submit.js'
import { parseServerTime, serverTimeRequest } from './wire/server-time.js'

/** What Binance USD-M futures can do. */
export const BINANCE_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'separate-orders',
  maxConditionalOrders: MAX_CONDITIONAL_ORDERS,
  maxBatchSubmit: MAX_BATCH_SUBMIT,
  maxBatchCancel: MAX_BATCH_CANCEL,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: false,
  isStreamOrdered: true,
  hasEarlyFills: true,
  historyMs: HISTORY_MS,
  cancelledOrderMs: CANCELLED_ORDER_MS,
}

/** A key pair of the account: HMAC (`apiSecret`), or Ed25519 or RSA (`privateKey`, PEM). */
export type BinanceKey =
  { readonly apiKey: Secret; readonly apiSecret: Secret } | { readonly apiKey: Secret; readonly privateKey: Secret }

/** How to reach an account at Binance USD-M futures. */
export interface BinanceOptions extends ConnectionOptions {
  readonly account: string
  readonly key: BinanceKey
  /** `production` where absent. */
  readonly hosts?: BinanceHosts
  /** Where account events are read; the documented form where absent. */
  readonly accountStreamAddress?: (streams: string, listenKey: string) => string
  /** Orders go over a socket instead of REST; batches and mass cancels never do. */
  readonly ordersOverSocket?: boolean
}

const privatePath = (streams: string, listenKey: string): string => `${streams}/private/ws/${listenKey}`

/** What the venue is put together from. */
interface BinanceParts {
  readonly session: ApiSession
  readonly socket: SocketEntry | null
  readonly streamBase: string
  readonly accountAddress: (listenKey: string) => string
}

class BinanceVenue implements Venue, CandleSource, BalanceSource {
  readonly name = 'binance'
  readonly account: string
  readonly capabilities = BINANCE_CAPABILITIES
  readonly #parts: BinanceParts
  readonly #session: ApiSession
  readonly #writes: WriteSession
  readonly #streams = new Set<VenueStream>()
  #mode: PositionMode | null = null

  constructor(parts: BinanceParts) {
    const { session, socket } = parts
    this.#parts = parts
    this.#session = session
    this.#writes = { ...session, entry: socket ?? session.api, findOrder: this.findOrder }
    this.account = session.account
  }

  fetchInstruments = (): Promise<readonly Instrument[]> => fetchInstruments(this.#session)

  fetchPositionMode = async (): Promise<PositionMode> => {
    this.#mode = await fetchPositionMode(this.#session)
    return this.#mode
  }

  fetchPositions = async (symbols: readonly string[]): Promise<readonly PositionInput[]> =>
    fetchPositions(this.#session, symbols, this.#mode ?? (await this.fetchPositionMode()))

  fetchOpenOrders = (symbol: string | null): Promise<readonly OpenOrder[]> => fetchOpenOrders(this.#session, symbol)
  findOrder = (order: OrderRef): Promise<OrderLookup> => findOrder(this.#session, order)
  fetchTrades = (request: HistoryRequest): Promise<TradeHistory> => fetchTrades(this.#session, request)
  fetchFunding = (request: HistoryRequest): Promise<FundingHistory> => fetchFunding(this.#session, request)
  fetchCandles = (symbol: string, interval: CandleInterval, limit: number): Promise<readonly Candle[]> =>
    fetchCandles(this.#session, symbol, { interval, limit })
  fetchBalances = (): Promise<readonly Balance[]> => fetchBalances(this.#session)
  syncClock = (): Promise<ClockReading> => this.#session.serverClock.sync()

  submit = (order: OrderRequest): Promise<WriteResult> => submit(this.#writes, order)
  submitMany = (orders: readonly OrderRequest[]): Promise<readonly WriteResult[]> => submitMany(this.#writes, orders)
  modify = (change: OrderChange): Promise<WriteResult> => modify(this.#writes, change)
  cancel = (order: OrderRef): Promise<WriteResult> => cancel(this.#writes, order)
  cancelMany = (orders: readonly OrderRef[]): Promise<readonly WriteResult[]> => cancelMany(this.#writes, orders)
  cancelAll = (symbol: string): Promise<WriteResult> => cancelAll(this.#writes, symbol)
  setLeverage = (symbol: string, leverage: number): Promise<WriteResult> => setLeverage(this.#writes, symbol, leverage)

  streamMarks = (symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream =>
    this.#keep(streamMarks(this.#session, { base: this.#parts.streamBase, symbols }, listener))

  streamAccount = (listener: (event: AccountEvent) => void): VenueStream =>
    this.#keep(streamAccount(this.#session, this.#parts.accountAddress, listener))

  close = async (): Promise<void> => {
    await Promise.all([...this.#streams].map((stream) => stream.close()))
    this.#parts.socket?.close()
    await this.#session.close()
  }

  #keep(stream: VenueStream): VenueStream {
    this.#streams.add(stream)
    return stream
  }
}

/** An account at Binance USD-M futures. Nothing is sent before the first call. */
export function openBinance(options: BinanceOptions): Venue & CandleSource & BalanceSource {
  const { account, key, hosts = BINANCE_HOSTS.production, accountStreamAddress = privatePath } = options
  const secret = 'apiSecret' in key ? key.apiSecret : key.privateKey
  const signText = 'apiSecret' in key ? hmacSigner(key.apiSecret) : privateKeySigner(key.privateKey)
  const identity = { apiKey: key.apiKey, signText, recvWindowMs: RECV_WINDOW_MS }
  const session = openApiSession({
    account,
    origin: hosts.rest,
    signer: createQuerySigner(identity),
    secrets: [key.apiKey, secret],
    dialect: { codes: BINANCE_CODES, isAny503Unknown: false },
    limits: BINANCE_RATE_LIMITS,
    conditionalStyle: BINANCE_CAPABILITIES.conditionalStyle,
    serverTimeRequest,
    parseServerTime,
    connection: options,
  })
  const socket =
    options.ordersOverSocket === true ? openSocketEntry({ address: hosts.socketApi, identity, session }) : null
  const accountAddress = (listenKey: string): string => accountStreamAddress(hosts.streams, listenKey)
  return new BinanceVenue({ session, socket, streamBase: hosts.streams, accountAddress })
}
