import type { TranchebookConfig } from '@tranchebook/core'

/** Where a secret is kept; it never stands in a configuration itself. */
export type SecretPlace = { readonly env: string } | { readonly file: string }

/** Which venue is spoken to, and with what keys. */
export interface VenueSection {
  readonly name: 'binance' | 'aster'
  /** Of a simulated venue on this machine; absent = the venue's own addresses. */
  readonly rest?: string
  readonly streams?: string
  readonly apiKey?: SecretPlace
  readonly apiSecret?: SecretPlace
  readonly privateKey?: SecretPlace
  readonly agentKey?: SecretPlace
  readonly user?: string
  readonly ordersOverSocket?: boolean
}

/** Where the log is kept. */
export interface StoreSection {
  readonly directory?: string
  readonly database?: SecretPlace
  readonly pooled?: boolean
  readonly durability?: 'process' | 'strict'
  readonly allowEmbeddedForLive?: boolean
  /** File outside the database that remembers how far the log went. */
  readonly anchor?: string
}

/** Whether and where there is a page. */
export interface DashboardSection {
  readonly enabled?: boolean
  readonly port?: number
}

/** What a process is configured with: the books' options, and its own. */
export interface RunConfig {
  readonly config: TranchebookConfig
  readonly venue: VenueSection
  readonly store: StoreSection
  readonly dashboard: DashboardSection
}
