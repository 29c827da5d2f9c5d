import type { AmountTexts, DecimalText, Event, TargetTexts } from './event-header.js'
import type { Evidence, Origin, Side, StopRung } from './tranche.js'

/** Closing quantity that counts toward a take-profit level (1-based). */
export interface LevelFillText {
  readonly level: number
  readonly quantity: DecimalText
  readonly isHit: boolean
}

/** A tranche exists from now on, with the percentages it keeps for life. */
export type TrancheOpened = Event<
  'TrancheOpened',
  TargetTexts & {
    tranche: string
    side: Side
    label: string | null
    origin: Origin
    price: DecimalText
    quantity: DecimalText
    leverage: number
    takeProfitPercent: DecimalText | null
    stopLossPercent: DecimalText | null
    fee: DecimalText | null
    feeAsset: string | null
    tradeId: string | null
    orderId: string | null
    clientOrderId: string | null
    evidence: Evidence
    priceEstimated: boolean
  }
>

/** A fill joined the tranche; its average is cost ÷ quantity. */
export type TrancheIncreased = Event<
  'TrancheIncreased',
  TargetTexts & {
    tranche: string
    side: Side
    price: DecimalText
    quantity: DecimalText
    fee: DecimalText | null
    feeAsset: string | null
    tradeId: string | null
    orderId: string | null
    /** True when stop or target were computed anew from the new average. */
    reanchored: boolean
  }
>

/** A part of the tranche was closed. The entry price of the rest is unchanged. */
export type TrancheReduced = Event<
  'TrancheReduced',
  {
    tranche: string
    side: Side
    quantity: DecimalText
    price: DecimalText
    realizedPnl: DecimalText
    fee: DecimalText | null
    feeAsset: string | null
    entryFees: AmountTexts
    tradeId: string | null
    /** Why this quantity was closed: `manual`, `stop`, `takeProfit`, `recovery`, `liquidation`, `drift`, … */
    reason: string
    evidence: Evidence
    levels: readonly LevelFillText[]
    /** Average-cost result of this part minus its own-entry result: what moved out of the open tranches' embedded difference. */
    bridge: DecimalText | null
  }
>

/** Nothing of the tranche is left. */
export type TrancheClosed = Event<
  'TrancheClosed',
  { tranche: string; side: Side; exitPrice: DecimalText; realizedPnl: DecimalText; reason: string }
>

/** Nothing is left, because the venue liquidated the position. */
export type TrancheLiquidated = Event<
  'TrancheLiquidated',
  { tranche: string; side: Side; exitPrice: DecimalText; realizedPnl: DecimalText; reason: string }
>

/** Its loss reached the threshold: it frees an active slot and stays in every total. */
export type TrancheIsolated = Event<
  'TrancheIsolated',
  { tranche: string; side: Side; price: DecimalText | null; pnlPercent: DecimalText | null }
>

/** It counts as active again. */
export type TrancheReleased = Event<
  'TrancheReleased',
  { tranche: string; side: Side; price: DecimalText | null; pnlPercent: DecimalText | null }
>

/** Tranches became one, quantity-weighted; the older id stays. */
export type TrancheMerged = Event<
  'TrancheMerged',
  TargetTexts & { tranche: string; side: Side; absorbed: readonly string[] }
>

/** It got another name. */
export type TrancheLabelled = Event<'TrancheLabelled', { tranche: string; side: Side; label: string | null }>

/** Somebody noted something about it. */
export type TrancheAnnotated = Event<'TrancheAnnotated', { tranche: string; side: Side; note: string }>

/** The stop stands elsewhere: always in the tranche's favour, unless `forced`. */
export type StopMoved = Event<
  'StopMoved',
  {
    tranche: string
    side: Side
    from: DecimalText | null
    to: DecimalText
    rung: StopRung
    /** Against the tranche's favour, by an explicit command only. */
    forced: boolean
    /** Best mark a trailing stop follows from now on. */
    trailingBest: DecimalText | null
  }
>

/** The single target stands elsewhere. */
export type TakeProfitMoved = Event<
  'TakeProfitMoved',
  { tranche: string; side: Side; from: DecimalText | null; to: DecimalText | null }
>

/** A level of scaled take profit was reached. It closes nothing: fills do. */
export type TakeProfitReached = Event<
  'TakeProfitReached',
  { tranche: string; side: Side; level: number; price: DecimalText; by: 'mark' | 'fill' }
>
