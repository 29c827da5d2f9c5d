import type { Money } from '../money/money.js'
import type { Percent } from '../money/percent.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'

/** Direction of a group and of all its tranches. */
export type Side = 'LONG' | 'SHORT'

/** Amounts by asset; an asset that is absent is 0. */
export type Amounts = Record<string, Money>

/** Where a tranche came from: our own order, somebody else's trade, reconciliation, or a take-over of an existing position. */
export type Origin = 'intent' | 'external' | 'recovered' | 'adopted'

/** How well a booking is proven. A later real fill upgrades the weaker ones. */
export type Evidence = 'fill' | 'order' | 'position' | 'estimate'

/** Which rule put the stop where it is. */
export type StopRung = 'initial' | 'ladder' | 'trailing' | 'command'

/** One step of a tranche's scaled take profit. */
export interface TakeProfitLevel {
  profitPercent: Percent
  closePercent: Percent
  price: Price
  /** What this level closes, shares rolled in from skipped levels included; 0 = skipped as too small. */
  quantity: Quantity
  filled: Quantity
  /** When its price was reached or its share was closed; `null` before. */
  hitTime: number | null
}

/** Best mark since a trailing stop became active. */
export interface Trailing {
  best: Price
}

/** A part that was closed. */
export interface Reduction {
  quantity: Quantity
  price: Price
  /** Gross, quote. */
  realizedPnl: Money
  /** Exit fee of this part; `null` = not known yet. */
  fee: Money | null
  feeAsset: string | null
  /** Entry fees that moved from open to realized with this part, by asset. */
  entryFees: Amounts
  time: number
  tradeId: string | null
  reason: string
  evidence: Evidence
}

/** One virtual entry while it is open. Closed ones leave the book; `view/tranche-history` keeps them. */
export interface Tranche {
  /** `T` and the book's sequence number. */
  id: string
  label: string | null
  notes: string[]
  side: Side
  origin: Origin
  isolated: boolean
  isolatedTime: number | null
  isolatedPrice: Price | null
  /** Remaining. */
  quantity: Quantity
  /** Σ price·quantity of what remains, quote. */
  cost: Money
  /** Average entry = basisCost ÷ basisQuantity, kept exactly across reductions. */
  basisCost: Money
  basisQuantity: Quantity
  /** Largest quantity it ever had. */
  originalQuantity: Quantity
  /** Of its first fill. */
  entryTime: number
  /** Venue's ids of the orders whose fills have fed it; a further fill of one of them joins it. */
  entryOrderIds: string[]
  leverage: number
  takeProfitPercent: Percent | null
  stopLossPercent: Percent | null
  takeProfitPrice: Price | null
  stopPrice: Price | null
  stopRung: StopRung
  /** Empty = single take profit. */
  levels: TakeProfitLevel[]
  trailing: Trailing | null
  /** Entry fees of what remains. */
  openFees: Amounts
  /** Entry and exit fees of what was closed. */
  realizedFees: Amounts
  /** Bookings whose fee is not known yet. */
  unknownFeeCount: number
  /** Funding received (+) or paid (−) over its life. */
  funding: Amounts
  /** Gross, quote. */
  realizedPnl: Money
  exitQuantity: Quantity
  /** Σ price·quantity of what was closed. */
  exitNotional: Money
  reductions: Reduction[]
  /** Highest and lowest mark of its own life. */
  highestMark: Price | null
  lowestMark: Price | null
  /** True while its entry price rests on less than fills. */
  priceEstimated: boolean
  evidence: Evidence
}
