import type { Point } from '../points/point.js'

/** Where a keeper finds its venue and its log. */
export interface KeeperSetup {
  readonly dialect: 'binance' | 'aster'
  readonly rest: string
  readonly streams: string
  readonly apiKey: string
  readonly apiSecret: string
  readonly agentKey: string
  /** Connection string of a server, or a directory for the embedded database. */
  readonly log: { readonly type: 'server' | 'directory'; readonly place: string }
  /** Under which name it owns the account. */
  readonly holder: string
  readonly standby: boolean
}

/** What a keeper is asked. */
export type KeeperQuestion =
  | { readonly type: 'arm'; readonly point: Point }
  | { readonly type: 'enter' }
  | { readonly type: 'exit' }
  | { readonly type: 'jump'; readonly ms: number }
  | { readonly type: 'unrest' }
  | { readonly type: 'report' }
  | { readonly type: 'stop' }

/** What the log and the live book say, and whether they say the same. */
export interface KeeperReport {
  /** Trade ids of the fills booked, in order. */
  readonly fills: readonly string[]
  /** Client ids of the orders intended, in order. */
  readonly intents: readonly string[]
  /** Base, LONG. */
  readonly quantity: string
  readonly isReplayed: boolean
  /** What is wrong with the log; `null` = nothing. */
  readonly damage: string | null
  /** Longest time that something was open without a stop since this process began, ms. */
  readonly unprotectedMs: number
}

/** What it answers. */
export type KeeperAnswer =
  | { readonly type: 'live'; readonly epoch: number | null }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'done'; readonly refusal: string | null }
  /** Why it is not at rest; `null` = it is: live, in agreement with the venue, protected, nothing unknown. */
  | { readonly type: 'unrest'; readonly why: string | null; readonly isProtected: boolean }
  | { readonly type: 'report'; readonly report: KeeperReport }
