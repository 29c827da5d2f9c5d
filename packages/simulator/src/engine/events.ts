import type { Money, PositionSide, Price, Quantity } from '@tranchebook/core'
import type { MarginType, Trade } from './account.js'
import type { ConditionalOrder, ExpiryReason, SimulatedOrder } from './order.js'

/** What happened to an order. `CALCULATED` = the venue executed it itself. */
export type Execution = 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED' | 'CALCULATED' | 'AMENDMENT'

/** An order changed. Orders in events are copies: they stay as they were then. */
export interface OrderChanged {
  readonly type: 'order'
  readonly time: number
  readonly account: string
  readonly order: Readonly<SimulatedOrder>
  readonly execution: Execution
  readonly trade: Trade | null
  readonly expiryReason: ExpiryReason
}

/** A conditional order changed. */
export interface ConditionalChanged {
  readonly type: 'conditional'
  readonly time: number
  readonly account: string
  readonly order: Readonly<ConditionalOrder>
  /** What it became, as that stands now. */
  readonly child: Readonly<SimulatedOrder> | null
}

/** Why balances or positions changed, in the venue's words. */
export type AccountReason = 'DEPOSIT' | 'WITHDRAW' | 'ORDER' | 'FUNDING_FEE' | 'INSURANCE_CLEAR' | 'MARGIN_TYPE_CHANGE'

/** A wallet after a change. */
export interface BalanceLine {
  readonly asset: string
  readonly wallet: Money
  readonly crossWallet: Money
  /** Without profit and fees. */
  readonly change: Money
}

/** A position after a change. */
export interface PositionLine {
  readonly symbol: string
  readonly positionSide: PositionSide
  readonly amount: Quantity
  /** Σ price × quantity of what is open, by average cost; never negative. */
  readonly cost: Money
  readonly entryPrice: Price
  readonly realized: Money
  readonly unrealized: Money
  readonly marginType: MarginType
  readonly isolatedWallet: Money
  readonly marginAsset: string
}

/** Balances or positions changed. */
export interface AccountChanged {
  readonly type: 'account'
  readonly time: number
  readonly account: string
  readonly reason: AccountReason
  readonly balances: readonly BalanceLine[]
  readonly positions: readonly PositionLine[]
  /** Of a funding payment. */
  readonly symbol: string | null
}

/** Settings of the account changed. */
export type SettingChanged =
  | {
      readonly type: 'leverage'
      readonly time: number
      readonly account: string
      readonly symbol: string
      readonly leverage: number
    }
  | { readonly type: 'mode'; readonly time: number; readonly account: string; readonly isHedge: boolean }
  | {
      readonly type: 'marginCall'
      readonly time: number
      readonly account: string
      readonly symbols: readonly string[]
    }

/** The market moved. */
export type MarketChanged =
  | { readonly type: 'mark'; readonly time: number; readonly symbol: string; readonly price: Price }
  | {
      readonly type: 'publicTrade'
      readonly time: number
      readonly symbol: string
      readonly price: Price
      readonly quantity: Quantity
      readonly isBuyerMaker: boolean
      readonly tradeId: string
    }
  | {
      readonly type: 'liquidation'
      readonly time: number
      readonly symbol: string
      readonly side: 'BUY' | 'SELL'
      readonly quantity: Quantity
      readonly price: Price
    }

/** Everything the engine tells. */
export type EngineEvent = OrderChanged | ConditionalChanged | AccountChanged | SettingChanged | MarketChanged
