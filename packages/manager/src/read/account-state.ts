import { type BudgetReading, isBudgetSource } from '@tranchebook/adapters'
import {
  accountShareOf,
  type BookOrder,
  type Money,
  NO_MONEY,
  plus,
  type PositionMode,
  type SendingMode,
} from '@tranchebook/core'
import type { AccountEngine } from '../account/account-engine.js'
import type { BookLoop } from '../book/book-loop.js'
import { type UnprotectedSide, unprotectedOf } from '../book/book-standing.js'
import type { ManagerOptions } from '../manager-options.js'
import type { ReconcileReport } from '../reconcile/reconciler.js'
import type { Health } from '../report/health.js'
import type { WalletBalance } from './account-notes.js'
import type { EquityCheck } from './equity-watch.js'
import { readEquity } from './read-equity.js'
import type { Recovery } from './recovery.js'

/** An order of which nobody knows whether the venue has it. */
export interface UnknownOrder {
  readonly symbol: string
  readonly order: BookOrder
}

/** How an account stands, in one value. Times are epoch ms. */
export interface AccountState {
  readonly account: string
  /** Name of the venue. */
  readonly venue: string
  readonly mode: SendingMode
  readonly positionMode: PositionMode
  readonly health: Health
  /** Of the lease it writes under; `null` before it has one. */
  readonly epoch: number | null
  /** The venue's time now. */
  readonly time: number
  readonly lastPriceTime: number | null
  /** When the account stream last said anything. */
  readonly lastAccountTime: number | null
  /** As the venue last pushed them; empty until it has. */
  readonly balances: readonly WalletBalance[]
  /** Quote: balance of the quote asset and what is unrealized at the marks; `null` = one of them is unknown. */
  readonly equity: Money | null
  /** Whether the wallet has changed as the books say; `null` = not checked yet, or the venue does not say what it holds. */
  readonly equityCheck: EquityCheck | null
  /** Quote, entries in flight included, by the configured leverage. */
  readonly marginUsed: Money
  readonly unknownOrders: readonly UnknownOrder[]
  readonly unprotected: readonly UnprotectedSide[]
  readonly lastReconcile: ReconcileReport | null
  /** What the venue still takes; `null` = it takes any number of requests, or does not say. */
  readonly budget: BudgetReading | null
  /** How the account came back at its start; `null` = it is not live yet. */
  readonly recovery: Recovery | null
}

/** What the state is read from. */
export type StateSource = Pick<
  AccountEngine,
  'list' | 'life' | 'sync' | 'notes' | 'equity' | 'instrumentOf' | 'now' | 'recovery'
>

function unknownOf({ book, symbol }: BookLoop): readonly UnknownOrder[] {
  return [...book.orders.values()]
    .filter((order) => order.state === 'unknown')
    .map((order) => ({ symbol, order: { ...order } }))
}

function newestPrice(loops: readonly BookLoop[]): number | null {
  const times = loops.flatMap(({ market, book }) => market?.time ?? book.mark?.time ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

function marginOf({ ahead, market, config }: BookLoop): Money {
  const mark = market?.price ?? ahead.mark?.price ?? null
  return accountShareOf(ahead, { mark, leverage: config.leverage }).marginUsed
}

/** Puts together how an account stands. */
export function readAccountState(source: StateSource, options: ManagerOptions): AccountState {
  const { life, sync, notes } = source
  const loops = source.list()
  const [first] = loops
  const quoteAsset = first === undefined ? null : source.instrumentOf(first.symbol).quoteAsset
  return {
    account: options.account,
    venue: options.venue.name,
    mode: options.mode ?? 'trade',
    positionMode: options.config.positionMode,
    health: life.health.value,
    epoch: life.epoch,
    time: source.now(),
    lastPriceTime: newestPrice(loops),
    lastAccountTime: notes.heardTime,
    balances: notes.balances,
    equity: readEquity(loops, quoteAsset, notes.balances),
    equityCheck: source.equity.last,
    marginUsed: loops.reduce((sum, loop) => plus(sum, marginOf(loop)), NO_MONEY),
    unknownOrders: loops.flatMap(unknownOf),
    unprotected: loops.flatMap(unprotectedOf),
    lastReconcile: sync.last,
    budget: isBudgetSource(options.venue) ? options.venue.readBudget() : null,
    recovery: source.recovery,
  }
}
