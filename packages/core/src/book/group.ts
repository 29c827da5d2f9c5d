import type { Money } from '../money/money.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import type { Allocation, PositionSide } from './order.js'
import type { Amounts, Side, Tranche } from './tranche.js'

/** Our books against the venue's report. `null` = never compared. */
export type SyncStatus = 'synced' | 'drift' | 'conflict' | null

/** A reduction booked without a fill, waiting for the fill that proves it. */
export interface Estimate {
  id: string
  kind: 'entry' | 'exit'
  /** What is still unproven. */
  quantity: Quantity
  price: Price
  time: number
  parts: Allocation[]
}

/** The part of a closing fill that found nothing to close. */
export interface UnmatchedFill {
  tradeId: string
  quantity: Quantity
  price: Price
  /** Fee of what is still unmatched; joins the group's fees when matched or given up. */
  fee: Money | null
  feeAsset: string | null
  time: number
  /** True once the waiting window has passed without an entry for it. */
  isOrphan: boolean
}

/** All tranches of one account, symbol and side. */
export interface TrancheGroup {
  side: Side
  /** Open ones, in the order they opened. */
  tranches: Tranche[]
  /** Σ of open tranches. Never negative. */
  quantity: Quantity
  /** Σ cost of open tranches, quote. */
  cost: Money
  /** Gross, quote, over the book's life. */
  realizedPnl: Money
  fees: Amounts
  /** Bookings whose fee is not known yet. */
  unknownFeeCount: number
  funding: Amounts
  lastEntryTime: number | null
  lastExitTime: number | null
  /** Largest quantity since it was last flat. */
  peakQuantity: Quantity
  estimates: Estimate[]
  unmatched: UnmatchedFill[]
  /** True once a close showed that the position began before our first fill. */
  hasUnknownStart: boolean
}

/** The venue's accounting of one of its positions, mirrored at average cost. Signed: long positive, short negative. */
export interface AverageCost {
  quantity: Quantity
  cost: Money
  /** What average cost realizes for our fills. */
  realizedPnl: Money
  /** What the venue itself reported, summed; `null` once a reducing fill came without it. */
  reportedPnl: Money | null
}

/** What the venue last said about one position. */
export interface PositionCheck {
  positionSide: PositionSide
  /** Signed for `BOTH`, positive otherwise. */
  quantity: Quantity
  entryPrice: Price | null
  markPrice: Price | null
  time: number
  status: SyncStatus
  /** The venue's figure less ours. */
  difference: Quantity
  /** When the present difference was first seen; `null` = none. */
  driftSince: number | null
  /** Looks at the present difference. */
  looks: number
}
