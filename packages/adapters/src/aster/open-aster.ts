import type { Instrument, PositionInput, PositionMode } from '@tranchebook/core'
import { type ConnectionOptions, openApiSession } from '../fapi/api-session.js'
import { createQuerySigner, hmacSigner } from '../fapi/query-signer.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { Secret } from '../transport/secret.js'
import type { Signer } from '../transport/signer.js'
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
import { createAgentSigner } from './agent-signer.js'
import type { AsterSession } from './aster-session.js'
import { cancel, cancelAll, cancelMany } from './cancel.js'
import {
  ASTER_HOSTS,
  ASTER_RATE_LIMITS,
  type AsterHosts,
  CANCELLED_ORDER_MS,
  HISTORY_MS,
  MAX_BATCH_CANCEL,
  MAX_BATCH_SUBMIT,
  RECV_WINDOW_MS,
} from './constants.js'
import { ASTER_CODES } from './error-codes.js'
import { fetchFunding, fetchTrades } from './history.js'
import {
  fetchBalances,
  fetchCandles,
  fetchInstruments,
  fetchOpenOrders,
  fetchPositionMode,
  fetchPositions,
  findOrder,
} from './reads.js'
import { modify, setLeverage } from './settings.js'
import { streamAccount, streamMarks } from './streams.js'
import { submit, submitMany } from './submit.js'
import { parseServerTime, serverTimeRequest } from './wire/server-time.js'

/** What Aster futures can do. Calls of agents can be killed in flight; those of API keys cannot. */
export const ASTER_CAPABILITIES: VenueCapabilities = {
  orderTypes: ['LIMIT', 'MARKET', 'STOP_MARKET', 'TAKE_PROFIT_MARKET', 'TRAILING_STOP_MARKET'],
  conditionalStyle: 'ordinary-orders',
  maxConditionalOrders: null,
  maxBatchSubmit: MAX_BATCH_SUBMIT,
  maxBatchCancel: MAX_BATCH_CANCEL,
  isClosePositionStopExclusive: true,
  canModify: true,
  canCancelInFlight: true,
  isStreamOrdered: false,
  hasEarlyFills: false,
  historyMs: HISTORY_MS,
  cancelledOrderMs: CANCELLED_ORDER_MS,
}

/** An agent of a wallet, or a key pair of the older interface, which hands out no new ones. */
export type AsterKey =
  { readonly agentKey: Secret; readonly user?: string } | { readonly apiKey: Secret; readonly apiSecret: Secret }

/** How to reach an account at Aster futures. */
export interface AsterOptions extends ConnectionOptions {
  readonly account: string
  readonly key: AsterKey
  /** `production` where absent. */
  readonly hosts?: AsterHosts
}

class AsterVenue implements Venue, CandleSource, BalanceSource {
  readonly name = 'aster'
  readonly account: string
  readonly capabilities: VenueCapabilities
  readonly #session: AsterSession
  readonly #streamBase: string
  readonly #end: () => Promise<void>
  readonly #streams = new Set<VenueStream>()
  #mode: PositionMode | null = null

  constructor(session: AsterSession, streamBase: string, end: () => Promise<void>) {
    this.#session = session
    this.#streamBase = streamBase
    this.#end = end
    this.account = session.account
    this.capabilities = { ...ASTER_CAPABILITIES, canCancelInFlight: session.version === 'v3' }
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
    fetchCandles(this.#session, { symbol, interval, limit })
  fetchBalances = (): Promise<readonly Balance[]> => fetchBalances(this.#session)
  syncClock = (): Promise<ClockReading> => this.#session.serverClock.sync()

  submit = (order: OrderRequest): Promise<WriteResult> => submit(this.#session, order)
  submitMany = (orders: readonly OrderRequest[]): Promise<readonly WriteResult[]> => submitMany(this.#session, orders)
  modify = (change: OrderChange): Promise<WriteResult> => modify(this.#session, change)
  cancel = (order: OrderRef): Promise<WriteResult> => cancel(this.#session, order)
  cancelMany = (orders: readonly OrderRef[]): Promise<readonly WriteResult[]> => cancelMany(this.#session, orders)
  cancelAll = (symbol: string): Promise<WriteResult> => cancelAll(this.#session, symbol)
  setLeverage = (symbol: string, leverage: number): Promise<WriteResult> => setLeverage(this.#session, symbol, leverage)

  streamMarks = (symbols: readonly string[], listener: (event: MarketEvent) => void): VenueStream =>
    this.#keep(streamMarks(this.#session, { base: this.#streamBase, symbols }, listener))

  streamAccount = (listener: (event: AccountEvent) => void): VenueStream =>
    this.#keep(streamAccount(this.#session, this.#streamBase, listener))

  close = async (): Promise<void> => {
    await Promise.all([...this.#streams].map((stream) => stream.close()))
    await this.#end()
  }

  #keep(stream: VenueStream): VenueStream {
    this.#streams.add(stream)
    return stream
  }
}

interface Identity {
  readonly version: AsterSession['version']
  readonly signer: Signer
  readonly nonceOf: (request: ApiRequest) => string | null
  readonly secrets: readonly Secret[]
}

function identityOf(key: AsterKey, { chainId }: AsterHosts): Identity {
  if ('agentKey' in key) {
    const { agentKey, user } = key
    const signer = createAgentSigner({ privateKey: agentKey, chainId, ...(user === undefined ? {} : { user }) })
    return { version: 'v3', signer, nonceOf: (request) => signer.nonceOf(request), secrets: [agentKey] }
  }
  const { apiKey, apiSecret } = key
  const signer = createQuerySigner({ apiKey, signText: hmacSigner(apiSecret), recvWindowMs: RECV_WINDOW_MS })
  return { version: 'v1', signer, nonceOf: () => null, secrets: [apiKey, apiSecret] }
}

/** An account at Aster futures. Nothing is sent before the first call. */
export function openAster(options: AsterOptions): Venue & CandleSource & BalanceSource {
  const { account, key, hosts = ASTER_HOSTS.production } = options
  const { version, signer, nonceOf, secrets } = identityOf(key, hosts)
  const api = openApiSession({
    account,
    origin: hosts.rest,
    signer,
    secrets,
    dialect: { codes: ASTER_CODES, isAny503Unknown: true },
    limits: ASTER_RATE_LIMITS,
    conditionalStyle: ASTER_CAPABILITIES.conditionalStyle,
    serverTimeRequest: serverTimeRequest(version),
    parseServerTime,
    connection: options,
  })
  const session: AsterSession = {
    ...api,
    entry: api.api,
    findOrder: (order) => findOrder(session, order),
    version,
    nonceOf,
    doubtful: new Map(),
  }
  return new AsterVenue(session, hosts.streams, () => api.close())
}
