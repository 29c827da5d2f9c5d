import type { RateLimits } from '../transport/rate-budget.js'

/** State of the interface these constants describe. A change of the venue's change log is a change of this file. */
export const BINANCE_AS_OF = '2026-10-23'

/** Where an environment is reached. */
export interface BinanceHosts {
  /** Scheme, host and port. */
  readonly rest: string
  /** Base of the streams, without a path. */
  readonly streams: string
  /** Order entry over a socket. */
  readonly socketApi: string
}

/** Hosts by environment. Keys of one do not work in the other. */
export const BINANCE_HOSTS = {
  production: {
    rest: 'https://fapi.binance.com',
    streams: 'wss://fstream.binance.com',
    socketApi: 'wss://ws-fapi.binance.com/ws-fapi/v1',
  },
  demo: {
    rest: 'https://demo-fapi.binance.com',
    streams: 'wss://demo-fstream.binance.com',
    socketApi: 'wss://testnet.binancefuture.com/ws-fapi/v1',
  },
} as const satisfies Record<string, BinanceHosts>

/** Limits of production until `exchangeInfo` says others. */
export const BINANCE_RATE_LIMITS: RateLimits = {
  weightPerMinute: 2_400,
  ordersPerTenSeconds: 300,
  ordersPerMinute: 1_200,
}

/** A time stamp older than this is refused, in ms. */
export const RECV_WINDOW_MS = 5_000

/** Orders per batch request. */
export const MAX_BATCH_SUBMIT = 5
export const MAX_BATCH_CANCEL = 10

/** Conditional orders of one account, over all symbols. */
export const MAX_CONDITIONAL_ORDERS = 200

const DAY_MS = 86_400_000

/** How far back trades and income reach. */
export const HISTORY_MS = 90 * DAY_MS
/** Longest span between the start and end of one history request. */
export const HISTORY_WINDOW_MS = 7 * DAY_MS
/** How long an unfilled cancelled order can be queried. */
export const CANCELLED_ORDER_MS = 3 * DAY_MS

/** Most symbols that get a mark price stream of their own; more share the stream of all symbols. */
export const MAX_SINGLE_MARK_STREAMS = 50
/** Mark prices come every second: this long without any is a dead connection. */
export const MARK_SILENCE_MS = 5_000
/** The venue pings every 3 min and we ping every minute: this long without either is a dead connection. */
export const ACCOUNT_SILENCE_MS = 150_000
export const ACCOUNT_PING_MS = 60_000
/** A listen key lives 60 min. */
export const LISTEN_KEY_REFRESH_MS = 25 * 60_000

/** How long news of an order id that nobody knows waits for the message that explains it. */
export const LINK_WAIT_MS = 3_000
