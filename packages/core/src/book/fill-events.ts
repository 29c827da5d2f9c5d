import type { AmountPartText, DecimalText, Event } from './event-header.js'
import type { OrderSide, PositionSide } from './order.js'
import type { Side } from './tranche.js'

/** A booking's share of a fee that was reported late. */
export interface FeePartText extends AmountPartText {
  readonly side: Side
  readonly isEntry: boolean
}

/** A trade of the venue was taken in. What it did to tranches is in the events that follow it. */
export type FillBooked = Event<
  'FillBooked',
  {
    tradeId: string
    orderId: string | null
    clientOrderId: string | null
    side: OrderSide
    positionSide: PositionSide
    quantity: DecimalText
    price: DecimalText
    fee: DecimalText | null
    feeAsset: string | null
    realizedPnl: DecimalText | null
    maker: boolean | null
    kind: 'trade' | 'liquidation' | 'adl' | 'settlement'
    /** Label or id of the tranche that the fill named. */
    tranche: string | null
    /** Quantity that closes, and of which group. */
    closes: { readonly side: Side; readonly quantity: DecimalText } | null
    opens: { readonly side: Side; readonly quantity: DecimalText } | null
    /** Closing quantity that found nothing open, with its share of the fee. */
    unmatched: { readonly side: Side; readonly quantity: DecimalText; readonly fee: DecimalText | null } | null
    /**
     * Quantity already booked as estimates, which this fill now proves; the side is that of the first, since a flip may prove an exit
     * of one side and an entry of the other.
     */
    replaces: { readonly side: Side; readonly quantity: DecimalText } | null
    late: boolean
  }
>

/** The fee of a booked fill became known. */
export type FillFeeBooked = Event<
  'FillFeeBooked',
  { tradeId: string; fee: DecimalText; feeAsset: string; parts: readonly FeePartText[] }
>

/**
 * A closing quantity never found its entry: the position began before the first fill known. Nothing is realized for
 * it; its fee stays with the group.
 */
export type FillOrphaned = Event<'FillOrphaned', { tradeId: string; side: Side; quantity: DecimalText }>

/** A late entry was found for a close that had come first. */
export type UnmatchedSettled = Event<'UnmatchedSettled', { tradeId: string; side: Side; quantity: DecimalText }>

/**
 * The newest mark price, with the extremes since the last recorded one, as the decision after it may have looked at
 * it.
 */
export type MarkObserved = Event<
  'MarkObserved',
  { price: DecimalText; high: DecimalText; low: DecimalText; markTime: number }
>

/** A funding payment was spread over the open tranches by quantity. */
export type FundingBooked = Event<
  'FundingBooked',
  { fundingId: string; amount: DecimalText; asset: string; parts: readonly AmountPartText[]; unallocated: DecimalText }
>

/** A real fill proved what had been booked as an estimate. History stays; results are corrected by the difference. */
export type EstimateReplaced = Event<
  'EstimateReplaced',
  {
    estimate: string
    side: Side
    kind: 'entry' | 'exit'
    tradeId: string
    quantity: DecimalText
    price: DecimalText
    feeAsset: string | null
    /** Correction of each tranche's gross result (exits) or cost (entries); closed tranches included. */
    parts: readonly {
      readonly tranche: string
      readonly quantity: DecimalText
      readonly correction: DecimalText
      /** `null` = still unknown. */
      readonly fee: DecimalText | null
      /** True when nothing of this part is left to prove. */
      readonly isProven: boolean
    }[]
  }
>
