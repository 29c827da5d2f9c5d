import type { RateLimits } from '../transport/rate-budget.js'

/** State of the interface these constants describe. A change of the venue's change log is a change of this file. */
export const ASTER_AS_OF = '2026-10-08'

/** Where an environment is reached. */
export interface AsterHosts {
  /** Scheme, host and port. */
  readonly rest: string
  /** Base of the streams, without a path. */
  readonly streams: string
  /** Of the domain that agents sign for. */
  readonly chainId: number
}

/** Hosts by environment. */
export const ASTER_HOSTS = {
  production: { rest: 'https://fapi.asterdex.com', streams: 'wss://fstream.asterdex.com', chainId: 1666 },
  testnet: { rest: 'https://fapi.asterdex-testnet.com', streams: 'wss://fstream.asterdex-testnet.com', chainId: 714 },
} as const satisfies Record<string, AsterHosts>

/** Limits until `exchangeInfo` says others. */
export const ASTER_RATE_LIMITS: RateLimits = {
  weightPerMinute: 2_400,
  ordersPerTenSeconds: 300,
  ordersPerMinute: 1_200,
}

/** For keys of the older kind: a time stamp older than this is refused, in ms. */
export const RECV_WINDOW_MS = 5_000

/** A nonce older than this is refused, in ms. The documents say 10 s and 60 s: before the longer one nothing is proven absent. */
export const NONCE_WINDOW_MS = 60_000

/** Orders per batch request. */
export const MAX_BATCH_SUBMIT = 5
export const MAX_BATCH_CANCEL = 10

const DAY_MS = 86_400_000

/** How far back trades and income are asked for. */
export const HISTORY_MS = 90 * DAY_MS
/** Longest span between the start and end of one history request. */
export const HISTORY_WINDOW_MS = 7 * DAY_MS
/** How long an unfilled cancelled order can be queried. */
export const CANCELLED_ORDER_MS = 7 * DAY_MS

/** Most symbols that get a mark price stream of their own; more share the stream of all symbols. */
export const MAX_SINGLE_MARK_STREAMS = 50
export const MARK_SILENCE_MS = 5_000
/** The venue pings every 5 min and we ping every minute: this long without either is a dead connection. */
export const ACCOUNT_SILENCE_MS = 150_000
export const ACCOUNT_PING_MS = 60_000
/** A listen key lives 60 min. */
export const LISTEN_KEY_REFRESH_MS = 25 * 60_000

/** How long after a trade the venue may not find its order yet. */
export const ORDER_LAG_MS = 3_000

/** How long the end of a stop waits for the news that it was a trigger. */
export const EXPIRY_WAIT_MS = 2_000
