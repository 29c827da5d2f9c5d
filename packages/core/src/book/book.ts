import type { PositionMode } from '../config/symbol-config.js'
import { NO_MONEY } from '../money/money.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import type { AverageCost, PositionCheck, TrancheGroup } from './group.js'
import type { BookOrder, PositionSide } from './order.js'
import type { Amounts, Side } from './tranche.js'

/** A mark price and when the venue formed it. */
export interface Mark {
  price: Price
  time: number
}

/** A booking of a fill whose fee has not been reported yet. */
export interface FeeOwed {
  side: Side
  tranche: string
  quantity: Quantity
  isEntry: boolean
}

/** What a fill id in the window is remembered for. */
export interface SeenFill {
  time: number
  /** The side it moved in hedge mode, and by how much (entries positive); `null` in one-way mode. */
  side: Side | null
  net: Quantity
  /** Bookings that still owe their share of the fee; `null` when the fee is known. */
  owed: FeeOwed[] | null
}

/** Recent fill ids in two generations, and the highest that has left the older one. */
export interface FillWindow {
  /** Trade id → memory, oldest first; at most {@link FILL_WINDOW}, then it becomes `older`. */
  seen: Map<string, SeenFill>
  older: Map<string, SeenFill>
  watermarkId: string | null
  watermarkTime: number
}

/** Fill ids of one generation: at least so many are remembered, at most twice as many. Older ones are judged by the watermark. */
export const FILL_WINDOW = 1024

/** Funding ids remembered. */
export const FUNDING_WINDOW = 1024

/** Terminal orders remembered. */
export const ENDED_ORDERS = 64

/** An order of ours by its client id, terminal ones included as long as they are remembered. */
export function rememberedOrder(book: TrancheBook, clientOrderId: string): BookOrder | undefined {
  return book.orders.get(clientOrderId) ?? book.endedOrders.get(clientOrderId)
}

/** What is remembered of a fill id; `undefined` = not in the window. */
export function seenFill(window: FillWindow, tradeId: string): SeenFill | undefined {
  return window.seen.get(tradeId) ?? window.older.get(tradeId)
}

/** What blocks new entries. Protection goes on in all of them. */
export type PauseKind = 'pause' | 'gracefulStop' | 'killSwitch' | 'driftHalt'

/** Refusals in a row of one kind of order. */
export interface Breaker {
  failures: number
  lastTime: number
}

/** A stop's trigger that the venue said the price was at or past when it refused the order. */
export interface PassedTrigger {
  clientOrderId: string
  price: Price
  /** Of the refusal, or of a newer mark or fill that was known by then, epoch ms. */
  time: number
}

/** Both groups of one account and symbol, their orders and what the venue last said. The unit of consistency. */
export interface TrancheBook {
  account: string
  symbol: string
  positionMode: PositionMode
  /** Events applied. */
  version: number
  /** Time of the newest event. */
  time: number
  groups: { LONG: TrancheGroup; SHORT: TrancheGroup }
  /** Not terminal, by client order id, in the order they were intended. */
  orders: Map<string, BookOrder>
  /** The last that became terminal, so that a fill which comes after its order's end still finds its intent; at most {@link ENDED_ORDERS}. */
  endedOrders: Map<string, BookOrder>
  averageCost: { LONG: AverageCost; SHORT: AverageCost; BOTH: AverageCost }
  checks: { LONG: PositionCheck | null; SHORT: PositionCheck | null; BOTH: PositionCheck | null }
  fills: FillWindow
  /** Funding ids seen, oldest first, at most {@link FUNDING_WINDOW}. */
  fundingIds: string[]
  /** Funding that no open tranche could carry, by asset. */
  unallocatedFunding: Amounts
  lastFillTime: number
  /** The newest mark that was recorded. */
  mark: Mark | null
  nextTranche: number
  nextIntent: number
  pauses: PauseKind[]
  conflict: string | null
  breakers: Map<string, Breaker>
  /** The furthest of the newest refusals of each side; `null` = there was none. A newer mark is stronger. */
  passedTriggers: { LONG: PassedTrigger | null; SHORT: PassedTrigger | null }
  leverage: number | null
  unprotectedSince: number | null
}

function emptyGroup(side: Side): TrancheGroup {
  return {
    side,
    tranches: [],
    quantity: NO_QUANTITY,
    cost: NO_MONEY,
    realizedPnl: NO_MONEY,
    fees: {},
    unknownFeeCount: 0,
    funding: {},
    lastEntryTime: null,
    lastExitTime: null,
    peakQuantity: NO_QUANTITY,
    estimates: [],
    unmatched: [],
    hasUnknownStart: false,
  }
}

function emptyAverageCost(): AverageCost {
  return { quantity: NO_QUANTITY, cost: NO_MONEY, realizedPnl: NO_MONEY, reportedPnl: NO_MONEY }
}

/** Whether a trade id is a larger number than another; false when it is no number. Venues write ids without leading zeros. */
export function isHigherTradeId(id: string, than: string | null): boolean {
  if (!/^\d+$/.test(id)) return false
  if (than === null || id.length !== than.length) return than === null || id.length > than.length
  return id > than
}

/** Identity of a book. */
export interface BookIdentity {
  readonly account: string
  readonly symbol: string
  readonly positionMode: PositionMode
}

/** A book that has seen nothing. */
export function emptyBook({ account, symbol, positionMode }: BookIdentity): TrancheBook {
  return {
    account,
    symbol,
    positionMode,
    version: 0,
    time: 0,
    groups: { LONG: emptyGroup('LONG'), SHORT: emptyGroup('SHORT') },
    orders: new Map(),
    endedOrders: new Map(),
    averageCost: { LONG: emptyAverageCost(), SHORT: emptyAverageCost(), BOTH: emptyAverageCost() },
    checks: { LONG: null, SHORT: null, BOTH: null },
    fills: { seen: new Map(), older: new Map(), watermarkId: null, watermarkTime: 0 },
    fundingIds: [],
    unallocatedFunding: {},
    lastFillTime: 0,
    mark: null,
    nextTranche: 1,
    nextIntent: 1,
    pauses: [],
    conflict: null,
    breakers: new Map(),
    passedTriggers: { LONG: null, SHORT: null },
    leverage: null,
    unprotectedSince: null,
  }
}

/** The stream that records a book. */
export function streamOf(book: Pick<TrancheBook, 'account' | 'symbol'>): string {
  return `${book.account}/${book.symbol}`
}

/** The venue's name for the position that holds a group. */
export function positionSideOf(book: Pick<TrancheBook, 'positionMode'>, side: Side): PositionSide {
  return book.positionMode === 'HEDGE' ? side : 'BOTH'
}
