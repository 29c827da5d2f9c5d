import type { FillInput, MarkInput, OrderInput, OrderSide, PositionInput, Price, Quantity } from '@tranchebook/core'

/** News of a connection. Times are epoch ms of the local clock. */
export type ConnectionEvent =
  | { readonly type: 'connected'; readonly time: number }
  /** Nothing was heard since then: events may be missing. */
  | { readonly type: 'gap'; readonly time: number; readonly since: number | null; readonly reason: string }
  /** Fetch positions, orders, trades and funding, then call `resume`: until then later events are held back, in order. */
  | {
      readonly type: 'resyncNeeded'
      /** Counts up from 1; names this one for `resume`. */
      readonly resync: number
      readonly time: number
      /** When the last event before it came; `null` = there was none. */
      readonly since: number | null
      readonly reason: string
    }

/** A trade of ours, announced before its full report. Never book it: the fill with this trade id follows. */
export interface FillNoticed {
  readonly type: 'fillNoticed'
  readonly time: number
  readonly symbol: string
  readonly side: OrderSide
  readonly quantity: Quantity
  readonly price: Price
  readonly tradeId: string
  readonly orderId: string
  readonly clientOrderId: string
  readonly maker: boolean
}

/** Funding was paid. The payment itself, with its id, comes from `fetchFunding`. */
export interface FundingNoticed {
  readonly type: 'fundingNoticed'
  readonly time: number
  /** `null` where the venue does not say which symbol. */
  readonly symbol: string | null
}

/** What the venue pushed about the account's settings and balances. Amounts are decimal text, as the venue wrote them. */
export type AccountNotice =
  | { readonly type: 'leverageChanged'; readonly time: number; readonly symbol: string; readonly leverage: number }
  | { readonly type: 'positionModeChanged'; readonly time: number; readonly isHedge: boolean }
  | { readonly type: 'marginCalled'; readonly time: number; readonly symbols: readonly string[] }
  | {
      readonly type: 'balanceChanged'
      readonly time: number
      readonly asset: string
      readonly walletBalance: string
      /** Deposits, withdrawals, funding; without profit and fees. */
      readonly change: string
      readonly reason: string
    }

/** Something came that could not be understood. Nothing of it was used; nothing of it was lost. */
export interface Quarantined {
  readonly type: 'quarantined'
  readonly time: number
  readonly reason: string
  /** As it came, without secrets. */
  readonly raw: string
}

/** Everything a venue tells about the account, in the order it is meant to be booked. */
export type AccountEvent =
  FillInput | OrderInput | PositionInput | FillNoticed | FundingNoticed | AccountNotice | Quarantined | ConnectionEvent

/** Everything a venue tells about prices. */
export type MarketEvent = MarkInput | Quarantined | Extract<ConnectionEvent, { type: 'connected' | 'gap' }>
