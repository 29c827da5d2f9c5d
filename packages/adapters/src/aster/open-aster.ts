import { type AccountVenue, createVenue } from '../fapi/account-venue.js'
import { type ApiSession, type ConnectionOptions, openApiSession } from '../fapi/api-session.js'
import { createMarket } from '../fapi/market-venue.js'
import { publicSigner } from '../fapi/public-signer.js'
import { createQuerySigner, hmacSigner } from '../fapi/query-signer.js'
import type { ApiRequest } from '../transport/api-request.js'
import type { Secret } from '../transport/secret.js'
import type { Signer } from '../transport/signer.js'
import type { MarketSource } from '../venue/market-source.js'
import { createAgentSigner } from './agent-signer.js'
import type { AsterMarketSession, AsterSession } from './aster-session.js'
import { cancel, cancelAll, cancelMany } from './cancel.js'
import { ASTER_CAPABILITIES } from './capabilities.js'
import { ASTER_HOSTS, ASTER_RATE_LIMITS, type AsterHosts, RECV_WINDOW_MS } from './constants.js'
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
import { streamAccount, streamMarks, streamTrades } from './streams.js'
import { submit, submitMany } from './submit.js'
import { parseServerTime, serverTimeRequest } from './wire/server-time.js'

/** An agent of a wallet, or a key pair of the older interface, which hands out no new ones. */
export type AsterKey =
  { readonly agentKey: Secret; readonly user?: string } | { readonly apiKey: Secret; readonly apiSecret: Secret }

/** How to reach the market of Aster futures. */
export interface AsterMarketOptions extends ConnectionOptions {
  /** Named in marks; `market` where absent. */
  readonly account?: string
  /** `production` where absent. */
  readonly hosts?: AsterHosts
}

/** How to reach an account at Aster futures. */
export interface AsterOptions extends AsterMarketOptions {
  readonly account: string
  readonly key: AsterKey
}

const NAME = 'aster'
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

function openApi(options: AsterMarketOptions, identity: Omit<Identity, 'nonceOf'>): ApiSession {
  const { account = 'market', hosts = ASTER_HOSTS.production } = options
  return openApiSession({
    account,
    origin: hosts.rest,
    streamBase: hosts.streams,
    signer: identity.signer,
    secrets: identity.secrets,
    dialect: { codes: ASTER_CODES, isAny503Unknown: true },
    limits: ASTER_RATE_LIMITS,
    conditionalStyle: ASTER_CAPABILITIES.conditionalStyle,
    serverTimeRequest: serverTimeRequest(identity.version),
    parseServerTime,
    connection: options,
  })
}

/** An account at Aster futures. Nothing is sent before the first call. */
export function openAster(options: AsterOptions): AccountVenue {
  const identity = identityOf(options.key, options.hosts ?? ASTER_HOSTS.production)
  const { version, nonceOf } = identity
  const api = openApi(options, identity)
  const session: AsterSession = {
    ...api,
    entry: api.api,
    findOrder: (order) => findOrder(session, order),
    version,
    nonceOf,
    doubtful: new Map(),
  }
  const ofKeys = { canCancelInFlight: false, acceptWindowMs: RECV_WINDOW_MS }
  const capabilities = version === 'v3' ? ASTER_CAPABILITIES : { ...ASTER_CAPABILITIES, ...ofKeys }
  return createVenue(session, { name: NAME, capabilities }, { ...MARKET_ROOMS, ...READS, ...WRITES, streamAccount })
}

/** The market of Aster futures: no keys, no account. Nothing is sent before the first call. */
export function openAsterMarket(options: AsterMarketOptions = {}): MarketSource {
  const identity = { version: 'v3', signer: publicSigner, secrets: [] } as const
  const session: AsterMarketSession = { ...openApi(options, identity), version: identity.version }
  return createMarket(session, { name: NAME, capabilities: ASTER_CAPABILITIES }, MARKET_ROOMS)
}
