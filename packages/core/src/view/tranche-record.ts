import type { Amounts, Evidence, Reduction, Side, Tranche } from '../book/tranche.js'
import type { Money } from '../money/money.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import type { OrphanFees } from './orphan-fees.js'

/** How a tranche stands: open (isolated or not), closed, liquidated, or taken up by another one. */
export type TrancheStatus = 'active' | 'closed' | 'liquidated' | 'merged'

/** An entry that a tranche is made of, and what became of it. */
export interface RecordedEntry {
  /** `null` where no fill proves it. */
  tradeId: string | null
  orderId: string | null
  time: number
  quantity: Quantity
  /** Σ price·quantity, quote; ÷ quantity = its own price. */
  notional: Money
  fee: Money | null
  feeAsset: string | null
  evidence: Evidence
  /** Id of the estimate it stands for, until a fill proves it. */
  estimate: string | null
  /** What of it is still open. Reductions take from all entries of a tranche in proportion. */
  remaining: Quantity
  /** Cost of that, quote. */
  cost: Money
  /** Gross, quote, of what was closed. */
  realizedPnl: Money
}

/** Closing quantity that counted toward a take-profit level (1-based). */
export interface RecordedLevelFill {
  level: number
  quantity: Quantity
  isHit: boolean
}

/** A part that was closed, with what later fills and fees corrected. */
export interface RecordedReduction extends Reduction {
  levels: RecordedLevelFill[]
  /** The venue's average-cost result less ours; `null` = not told. */
  bridge: Money | null
  /** Id of the estimate it stands for, until a fill proves it. */
  estimate: string | null
  /** Price it was first booked at, where a fill has replaced that. */
  estimatedPrice: Price | null
}

/** One stretch of a tranche's life in isolation. */
export interface IsolationEpisode {
  from: number
  /** `null` = it still is. */
  to: number | null
  end: 'released' | 'closed' | 'liquidated' | 'merged' | null
  /** Mark at its beginning; `null` = unknown. */
  price: Price | null
  quantity: Quantity
  /** What it was worth at the beginning and what was added since, quote; `null` = unknown. */
  invested: Money | null
  /** Σ price·quantity of what was closed since, quote. */
  proceeds: Money
  /** What is, or at its end was, left of it. */
  remaining: Quantity
  /** Mark at its end, where something was left then. */
  endPrice: Price | null
  funding: Amounts
  highestMark: Price | null
  lowestMark: Price | null
  /** Time spent at a loss, as the recorded marks saw it. */
  underWaterMs: number
  /** Since when it is at a loss; `null` = it is not, or has ended. */
  underWaterSince: number | null
}

/** A tranche with its whole life: the live figures while it is open, the final ones afterwards. */
export interface TrancheRecord extends Omit<Tranche, 'reductions'> {
  status: TrancheStatus
  mergedInto: string | null
  /** Which flat-to-flat cycle of its side it belongs to, from 1. */
  cycle: number
  entries: RecordedEntry[]
  reductions: RecordedReduction[]
  exitTime: number | null
  exitReason: string | null
  isolations: IsolationEpisode[]
}

/** Every tranche that ever lived in a book. */
export interface TrancheHistory {
  /** By id, in the order they opened. */
  readonly tranches: Map<string, TrancheRecord>
  /** Those that are open. */
  readonly open: Map<string, TrancheRecord>
  /** Flat-to-flat cycles that have begun. */
  readonly cycles: { LONG: number; SHORT: number }
  /** Fees of closes that found nothing to close. */
  readonly orphans: OrphanFees
  /** Funding that came while nothing was open. */
  readonly unallocatedFunding: Amounts
  /** The newest recorded mark. */
  mark: Price | null
}

/** Nothing has happened yet. */
export function emptyHistory(): TrancheHistory {
  return {
    tranches: new Map(),
    open: new Map(),
    cycles: { LONG: 0, SHORT: 0 },
    orphans: { waiting: new Map(), fees: {} },
    unallocatedFunding: {},
    mark: null,
  }
}

/** The sign that turns a price move into a gain: 1 for LONG, −1 for SHORT. */
export function signOf(side: Side): bigint {
  return side === 'LONG' ? 1n : -1n
}
