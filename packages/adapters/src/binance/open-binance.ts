import { type AccountVenue, createVenue } from '../fapi/account-venue.js'
import { type ApiSession, type ConnectionOptions, openApiSession } from '../fapi/api-session.js'
import { createMarket } from '../fapi/market-venue.js'
import { publicSigner } from '../fapi/public-signer.js'
import { createQuerySigner, hmacSigner, privateKeySigner, type QueryIdentity } from '../fapi/query-signer.js'
import type { Secret } from '../transport/secret.js'
import type { Signer } from '../transport/signer.js'
import type { MarketSource } from '../venue/market-source.js'
import type { BinanceSession } from './binance-session.js'
import { cancel, cancelAll, cancelMany } from './cancel.js'
import { BINANCE_CAPABILITIES } from './capabilities.js'
import { BINANCE_HOSTS, BINANCE_RATE_LIMITS, type BinanceHosts, RECV_WINDOW_MS } from './constants.js'
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
import { openSocketEntry } from './socket-entry.js'
import { streamAccount, streamMarks, streamTrades } from './streams.js'
import { submit, submitMany } from './submit.js'
import { parseServerTime, serverTimeRequest } from './wire/server-time.js'

/** A key pair of the account: HMAC (`apiSecret`), or Ed25519 or RSA (`privateKey`, PEM). */
export type BinanceKey =
  { readonly apiKey: Secret; readonly apiSecret: Secret } | { readonly apiKey: Secret; readonly privateKey: Secret }

/** How to reach the market of Binance USD-M futures. */
export interface BinanceMarketOptions extends ConnectionOptions {
  /** Named in marks; `market` where absent. */
  readonly account?: string
  /** `production` where absent. */
  readonly hosts?: BinanceHosts
}

/** How to reach an account at Binance USD-M futures. */
export interface BinanceOptions extends BinanceMarketOptions {
  readonly account: string
  readonly key: BinanceKey
  /** Where account events are read; the documented form where absent. */
  readonly accountStreamAddress?: (streams: string, listenKey: string) => string
  /** Orders go over a socket instead of REST; batches and mass cancels never do. */
  readonly ordersOverSocket?: boolean
}

const FACTS = { name: 'binance', capabilities: BINANCE_CAPABILITIES }
const MARKET_ROOMS = { fetchInstruments, fetchCandles, streamMarks, streamTrades }
const READS = {
  fetchPositionMode,
  fetchPositions,
  fetchOpenOrders,
  findOrder,
  fetchTrades,
  fetchFunding,
  fetchBalances,
}
const WRITES = { submit, submitMany, modify, cancel, cancelMany, cancelAll, setLeverage }

const privatePath = (streams: string, listenKey: string): string => `${streams}/private/ws/${listenKey}`

function openApi(options: BinanceMarketOptions, signer: Signer, secrets: readonly Secret[]): ApiSession {
  const { account = 'market', hosts = BINANCE_HOSTS.production } = options
  return openApiSession({
    account,
    origin: hosts.rest,
    streamBase: hosts.streams,
    signer,
    secrets,
    dialect: { codes: BINANCE_CODES, isAny503Unknown: false },
    limits: BINANCE_RATE_LIMITS,
    conditionalStyle: BINANCE_CAPABILITIES.conditionalStyle,
    serverTimeRequest,
    parseServerTime,
    connection: options,
  })
}

function identityOf(key: BinanceKey): { readonly identity: QueryIdentity; readonly secrets: readonly Secret[] } {
  const { apiKey } = key
  const secret = 'apiSecret' in key ? key.apiSecret : key.privateKey
  const signText = 'apiSecret' in key ? hmacSigner(key.apiSecret) : privateKeySigner(key.privateKey)
  return { identity: { apiKey, signText, recvWindowMs: RECV_WINDOW_MS }, secrets: [apiKey, secret] }
}

/** An account at Binance USD-M futures. Nothing is sent before the first call. */
export function openBinance(options: BinanceOptions): AccountVenue {
  const { key, hosts = BINANCE_HOSTS.production, accountStreamAddress = privatePath } = options
  const { identity, secrets } = identityOf(key)
  const api = openApi(options, createQuerySigner(identity), secrets)
  const isSocket = options.ordersOverSocket === true
  const socket = isSocket ? openSocketEntry({ address: hosts.socketApi, identity, session: api }) : null
  const session: BinanceSession = {
    ...api,
    entry: socket ?? api.api,
    findOrder: (order) => findOrder(session, order),
    accountAddress: (listenKey) => accountStreamAddress(hosts.streams, listenKey),
    close: async () => {
      socket?.close()
      await api.close()
    },
  }
  return createVenue(session, FACTS, { ...MARKET_ROOMS, ...READS, ...WRITES, streamAccount })
}

/** The market of Binance USD-M futures: no keys, no account. Nothing is sent before the first call. */
export function openBinanceMarket(options: BinanceMarketOptions = {}): MarketSource {
  return createMarket(openApi(options, publicSigner, []), FACTS, MARKET_ROOMS)
}
