import type { Clock } from '@tranchebook/adapters'
import type { Account } from '../engine/account.js'
import type { Exchange } from '../engine/exchange.js'
import type { Faults } from '../faults/faults.js'
import type { ListenKeys } from './listen-keys.js'
import type { Params } from './params.js'
import type { RateMeter } from './rate-meter.js'
import type { TradeTape } from './trade-tape.js'
import type { Json } from './wire/json-text.js'

/** Whose words a server speaks. */
export type Dialect = 'binance' | 'aster'

/** Who may ask: keys with a secret or a public key, and at Aster an agent. */
export interface ServerKeys {
  readonly apiKey: string
  readonly apiSecret: string
  /** Ed25519, PEM. Signatures are then this key's and not the secret's. */
  readonly publicKey?: string
  /** False = the keys may look and not trade. */
  readonly mayTrade?: boolean
  /** Address of the agent whose signatures count, and of the wallet it trades for. */
  readonly agent: { readonly signer: string; readonly user: string; readonly chainId: number } | null
}

/** How a server answers where the venue's own documents are in doubt. */
export interface ServerManners {
  /** `commission` of a paid fee in the history of trades. */
  readonly tradeCommission: 'positive' | 'negative'
  /** Which form of the message an agent signs when the two differ. */
  readonly signedForm: 'encoded' | 'raw' | 'either'
  /** How far from the venue's time a nonce may be, in ms. */
  readonly nonceWindowMs: number
}

/** What most sources say. */
export const USUAL_MANNERS: ServerManners = {
  tradeCommission: 'positive',
  signedForm: 'either',
  nonceWindowMs: 60_000,
}

/** Everything a request may touch. */
export interface ServerContext {
  readonly exchange: Exchange
  readonly account: Account
  readonly dialect: Dialect
  readonly clock: Clock
  readonly faults: Faults
  readonly keys: ServerKeys
  readonly manners: ServerManners
  readonly listenKeys: ListenKeys
  readonly meter: RateMeter
  readonly tape: TradeTape
  /** `killed` = no request of that nonce may land any more. */
  readonly usedNonces: { readonly seen: Set<string>; readonly kept: bigint[]; readonly killed: Set<string> }
  readonly countdowns: Map<string, () => void>
  /** Told of every request. */
  readonly onRequest: (what: string) => void
}

/** One request on its way through an endpoint. */
export interface Call {
  readonly context: ServerContext
  readonly params: Params
}

/** Answers a request. @throws {RequestRefusal} */
export type Endpoint = (call: Call) => Json

/** Who may call: anybody, holders of the key, or only with a signature. */
export type Security = 'none' | 'key' | 'signed'

/** One address of the interface. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly security: Security
  readonly weight: number | ((params: Params) => number)
  /** Orders it counts for. */
  readonly orders?: number
  /** Signed with the nonce of the request it is about, instead of a new one. */
  readonly reusesNonce?: boolean
  readonly run: Endpoint
}
