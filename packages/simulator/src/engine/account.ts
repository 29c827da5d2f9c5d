import {
  asMoney,
  asQuantity,
  type Money,
  NO_MONEY,
  type OrderSide,
  type PositionSide,
  type Price,
  type Quantity,
} from '@tranchebook/core'
import type { ConditionalOrder, SimulatedOrder } from './order.js'
import type { Rate } from './parse-rate.js'

/** How a symbol's margin is kept. */
export type MarginType = 'CROSSED' | 'ISOLATED'

/** What an account holds of a symbol on one side. */
export interface Position {
  readonly symbol: string
  readonly positionSide: PositionSide
  /** Positive long, negative short. */
  amount: Quantity
  /** Σ price × quantity of what is open, by average cost; never negative. */
  cost: Money
  /** Set aside while the margin is isolated. */
  isolatedWallet: Money
  /** Realized since the account began, before fees. */
  realized: Money
  updateTime: number
}

/** One execution. */
export interface Trade {
  readonly id: string
  readonly orderId: string
  readonly clientOrderId: string
  readonly symbol: string
  readonly side: OrderSide
  readonly positionSide: PositionSide
  readonly price: Price
  readonly quantity: Quantity
  /** By average cost, before fees, to eight decimals. */
  readonly realizedPnl: Money
  /** Positive = paid. */
  readonly fee: Money
  readonly feeAsset: string
  readonly maker: boolean
  readonly time: number
}

/** What moved a wallet. */
export type IncomeType = 'TRANSFER' | 'REALIZED_PNL' | 'FUNDING_FEE' | 'COMMISSION' | 'INSURANCE_CLEAR'

/** One movement of a wallet. */
export interface Income {
  readonly id: string
  readonly type: IncomeType
  /** `""` for transfers. */
  readonly symbol: string
  readonly amount: Money
  readonly asset: string
  readonly time: number
  /** `""` where no trade caused it. */
  readonly tradeId: string
}

/** Fees of an account; `other` pays them in another asset at that price, as far as the wallet has it. */
export interface FeeTerms {
  readonly maker: Rate
  readonly taker: Rate
  readonly other: { readonly asset: string; readonly price: Price } | null
}

/** One customer of the venue. */
export interface Account {
  readonly id: string
  fees: FeeTerms
  isHedge: boolean
  readonly wallets: Map<string, Money>
  readonly positions: Map<string, Position>
  readonly leverages: Map<string, number>
  readonly marginTypes: Map<string, MarginType>
  /** By id, ended ones included. */
  readonly orders: Map<string, SimulatedOrder>
  readonly live: Map<string, SimulatedOrder>
  readonly conditionals: Map<string, ConditionalOrder>
  /** The newest order and conditional order of each client id. */
  readonly newest: {
    readonly orders: Map<string, SimulatedOrder>
    readonly conditionals: Map<string, ConditionalOrder>
  }
  readonly waiting: Map<string, ConditionalOrder>
  readonly trades: Trade[]
  readonly income: Income[]
}

/** Where a position is kept. */
function positionKey(symbol: string, positionSide: PositionSide): string {
  return `${symbol}/${positionSide}`
}

/** The position, flat where there was never one. */
export function positionOf(account: Account, symbol: string, positionSide: PositionSide): Position {
  const key = positionKey(symbol, positionSide)
  const known = account.positions.get(key)
  if (known !== undefined) return known
  const flat: Position = {
    symbol,
    positionSide,
    amount: asQuantity(0n),
    cost: NO_MONEY,
    isolatedWallet: NO_MONEY,
    realized: NO_MONEY,
    updateTime: 0,
  }
  account.positions.set(key, flat)
  return flat
}

/** Positions that are not flat. */
export function openPositions(account: Account): readonly Position[] {
  return [...account.positions.values()].filter((position) => position.amount !== 0n)
}

/** Client ids count per symbol. */
export function clientKey(symbol: string, clientOrderId: string): string {
  return `${symbol}/${clientOrderId}`
}

/** Keeps an order, findable by both of its ids. */
export function keepOrder(account: Account, order: SimulatedOrder): void {
  account.orders.set(order.id, order)
  account.newest.orders.set(clientKey(order.spec.symbol, order.clientOrderId), order)
}

/** Keeps a conditional order, findable by both of its ids. */
export function keepConditional(account: Account, order: ConditionalOrder): void {
  account.conditionals.set(order.id, order)
  account.newest.conditionals.set(order.clientOrderId, order)
}

/** What the wallet of that asset holds. */
export function walletOf(account: Account, asset: string): Money {
  return account.wallets.get(asset) ?? NO_MONEY
}

/** Adds to a wallet; negative takes. */
export function credit(account: Account, asset: string, amount: Money): void {
  account.wallets.set(asset, asMoney(walletOf(account, asset) + amount))
}

const DEFAULT_LEVERAGE = 20

/** As set for the symbol. */
export function leverageOf(account: Account, symbol: string): number {
  return account.leverages.get(symbol) ?? DEFAULT_LEVERAGE
}

/** As set for the symbol. */
export function marginTypeOf(account: Account, symbol: string): MarginType {
  return account.marginTypes.get(symbol) ?? 'CROSSED'
}
