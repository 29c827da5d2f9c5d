import type { OrderSide, PositionSide } from '../book/order.js'
import type { RepairKind } from '../book/rule-events.js'
import type { Side } from '../book/tranche.js'
import type { Money } from '../money/money.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'

/** What every input carries. `time` is the venue's, in epoch milliseconds; the id becomes the causation of all its events. */
export interface InputHeader {
  readonly id: string
  readonly time: number
  readonly account: string
  readonly symbol: string
}

/** Who executed a fill on whose behalf. All but `trade` are the venue's own doing. */
export type FillKind = 'trade' | 'liquidation' | 'adl' | 'settlement'

/** One trade of ours. */
export interface FillInput extends InputHeader {
  readonly type: 'fill'
  readonly side: OrderSide
  readonly positionSide: PositionSide
  /** > 0 */
  readonly quantity: Quantity
  /** > 0 */
  readonly price: Price
  /** Positive = paid; `null` = not known yet. */
  readonly fee: Money | null
  readonly feeAsset: string | null
  readonly tradeId: string
  readonly orderId: string | null
  readonly clientOrderId: string | null
  /** Label or id of the tranche it opens, increases or closes. */
  readonly tranche: string | null
  /** The venue's own figure (average cost, before fees). */
  readonly realizedPnl: Money | null
  readonly maker: boolean | null
  readonly kind: FillKind
}

/** A mark price, with the extremes since the one before where the caller merges ticks. */
export interface MarkInput extends InputHeader {
  readonly type: 'mark'
  readonly price: Price
}

/** What the venue says it holds. */
export interface PositionInput extends InputHeader {
  readonly type: 'position'
  readonly positionSide: PositionSide
  /** Signed for `BOTH`, positive otherwise; 0 = the venue says flat. */
  readonly quantity: Quantity
  readonly entryPrice: Price | null
  readonly markPrice: Price | null
}

/** Where an order of ours stands at the venue. */
export type OrderReportStatus =
  'acknowledged' | 'triggered' | 'filled' | 'cancelled' | 'expired' | 'refused' | 'unknown' | 'absent' | 'cancelRefused'

/** News of one of our orders, or of an order that carries our prefix. */
export interface OrderInput extends InputHeader {
  readonly type: 'order'
  readonly clientOrderId: string
  readonly status: OrderReportStatus
  readonly orderId: string | null
  readonly childOrderId: string | null
  /** Cumulative, as the venue says; `null` = it did not say. */
  readonly filledQuantity: Quantity | null
  readonly code: string | null
  readonly message: string | null
  /** True when the same order would be refused again. */
  readonly isPermanent: boolean
  /** True when it was refused because the price was at or past its trigger. */
  readonly wouldTrigger: boolean
}

/** One funding payment. */
export interface FundingInput extends InputHeader {
  readonly type: 'funding'
  /** Positive = received. */
  readonly amount: Money
  readonly asset: string
  readonly fundingId: string
  /** `null` = the venue did not say which side. */
  readonly positionSide: PositionSide | null
}

/** Time has passed. */
export interface TickInput extends InputHeader {
  readonly type: 'tick'
}

/** Compare what should rest at the venue with what does, and intend the difference. */
export interface ReviewInput extends InputHeader {
  readonly type: 'review'
}

/** What a person or a bot may ask of a book. */
export type Command =
  | {
      readonly command: 'openTranche'
      readonly side: Side
      readonly quantity: Quantity
      /** `null` = market. */
      readonly price: Price | null
      readonly label: string | null
      readonly signalStrength: number | null
    }
  | {
      readonly command: 'addToTranche'
      readonly tranche: string
      readonly quantity: Quantity
      readonly price: Price | null
    }
  | {
      readonly command: 'closeTranche'
      readonly tranche: string
      readonly quantity: Quantity | null
      readonly price: Price | null
    }
  | { readonly command: 'closeGroup'; readonly side: Side }
  | { readonly command: 'flatten' }
  | { readonly command: 'mergeTranches'; readonly tranches: readonly string[] }
  | { readonly command: 'labelTranche'; readonly tranche: string; readonly label: string | null }
  | { readonly command: 'annotateTranche'; readonly tranche: string; readonly note: string }
  | { readonly command: 'isolateTranche'; readonly tranche: string }
  | { readonly command: 'releaseTranche'; readonly tranche: string }
  | { readonly command: 'disownTranche'; readonly tranche: string }
  | { readonly command: 'moveStop'; readonly tranche: string; readonly price: Price; readonly force: boolean }
  | { readonly command: 'moveTakeProfit'; readonly tranche: string; readonly price: Price | null }
  | { readonly command: 'pause' }
  | { readonly command: 'gracefulStop' }
  | { readonly command: 'killSwitch' }
  | { readonly command: 'resume' }
  /** Only notes who asked: whoever talks to the venue does it. */
  | { readonly command: 'repair'; readonly kind: RepairKind }
  | { readonly command: 'resolveConflict'; readonly note: string | null }
  | { readonly command: 'takeOver' }
  | { readonly command: 'configure'; readonly options: Readonly<Record<string, unknown>> }

/** A command with who asked. */
export type CommandInput = InputHeader & { readonly type: 'command'; readonly actor: string | null } & Command

/** A fact from outside, about one book. */
export type Input =
  FillInput | MarkInput | PositionInput | OrderInput | FundingInput | TickInput | ReviewInput | CommandInput
