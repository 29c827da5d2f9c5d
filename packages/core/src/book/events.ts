import type { PositionMode } from '../config/symbol-config.js'
import type { Because } from './because.js'
import type { PauseKind } from './book.js'
import type { OrderPurpose, OrderSide, OrderType, PositionSide } from './order.js'
import type { Evidence, Origin, Side, StopRung } from './tranche.js'

/** A decimal as plain text, exact; see `money/`. */
export type DecimalText = string

/** Decimals by asset. */
export type AmountTexts = Readonly<Record<string, DecimalText>>

/** What every event carries. Events are plain JSON: a log keeps them, byte for byte. */
export interface EventHeader {
  /** Schema version of this event type; older ones are upcast when read. */
  readonly version: 1
  /** Epoch ms, from the input that caused it. */
  readonly time: number
  /** Id of that input. */
  readonly causationId: string
  /** What belongs together: the intent's client order id where there is one, the input's id otherwise. */
  readonly correlationId: string
  readonly because?: Because
}

type Event<Type extends string, Body> = EventHeader & { readonly type: Type } & Readonly<Body>

/** A part of a quantity, and whose it is. */
export interface PartText {
  readonly tranche: string
  readonly quantity: DecimalText
}

/** A part of an amount, and whose it is. */
export interface AmountPartText {
  readonly tranche: string
  readonly amount: DecimalText
}

/** A booking's share of a fee that was reported late. */
export interface FeePartText extends AmountPartText {
  readonly side: Side
  readonly isEntry: boolean
}

/** A step of scaled take profit as text; see `TakeProfitLevel`. */
export interface LevelText {
  readonly profitPercent: DecimalText
  readonly closePercent: DecimalText
  readonly price: DecimalText
  readonly quantity: DecimalText
  readonly filled: DecimalText
  readonly hitTime: number | null
}

/** Closing quantity that counts toward a take-profit level (1-based). */
export interface LevelFillText {
  readonly level: number
  readonly quantity: DecimalText
  readonly isHit: boolean
}

/** Targets of a tranche, as they stand after an entry fill. */
export interface TargetTexts {
  readonly takeProfitPrice: DecimalText | null
  readonly stopPrice: DecimalText | null
  readonly levels: readonly LevelText[]
}

/** The first event of every log: whose book it is. */
export type BookOpened = Event<'BookOpened', { account: string; symbol: string; positionMode: PositionMode }>

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
    /** Quantity already booked as an estimate, which this fill now proves. */
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

/** Everything that is fixed about an order when it is intended. */
export interface OrderTerms {
  readonly clientOrderId: string
  readonly intent: number
  readonly attempt: number
  readonly purpose: OrderPurpose
  readonly orderType: OrderType
  readonly side: Side
  readonly orderSide: OrderSide
  readonly positionSide: PositionSide
  readonly quantity: DecimalText | null
  readonly price: DecimalText | null
  readonly triggerPrice: DecimalText | null
  readonly reduceOnly: boolean
  readonly closePosition: boolean
  readonly allocation: readonly PartText[]
  readonly level: number | null
  readonly entryTranche: string | null
  readonly label: string | null
  readonly reason: string
}
/** An order shall be sent. It changes no quantity; it holds its slot until it ends. */
export type OrderIntended = Event<'OrderIntended', OrderTerms>
/** The venue has it. */
export type OrderAcknowledged = Event<'OrderAcknowledged', { clientOrderId: string; venueOrderId: string | null }>
/** A conditional order became a live one. */
export type OrderTriggered = Event<'OrderTriggered', { clientOrderId: string; childOrderId: string | null }>
/** The venue said no, definitively. */
export type OrderRefused = Event<
  'OrderRefused',
  { clientOrderId: string; code: string | null; message: string | null; isPermanent: boolean }
>
/** Nobody knows whether the venue has it. It is looked for, never sent again blindly. */
export type OrderOutcomeUnknown = Event<'OrderOutcomeUnknown', { clientOrderId: string; message: string | null }>
/** Terminal at the venue, but fills that the venue counts have not been booked yet. */
export type OrderEnding = Event<
  'OrderEnding',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired'; filledQuantity: DecimalText }
>
/** It is over, and all its fills are booked. */
export type OrderClosed = Event<
  'OrderClosed',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired' | 'absent'; filledQuantity: DecimalText | null }
>
/** A cancel shall be sent. */
export type CancelIntended = Event<'CancelIntended', { clientOrderId: string; reason: string }>
/** The venue did not cancel. «Unknown order» means look, not success. */
export type CancelRefused = Event<
  'CancelRefused',
  { clientOrderId: string; code: string | null; message: string | null }
>
/** The venue shall be asked for another leverage. */
export type LeverageIntended = Event<'LeverageIntended', { leverage: number; reason: string }>

/** A position report was compared with the book. */
export type PositionChecked = Event<
  'PositionChecked',
  {
    positionSide: PositionSide
    quantity: DecimalText
    entryPrice: DecimalText | null
    markPrice: DecimalText | null
    ours: DecimalText
    status: 'synced' | 'drift' | 'conflict'
    /** False while a difference waits for its settle time or a second look. */
    isSettled: boolean
  }
>
/** A difference has settled; what is done about it follows from `driftPolicy`. */
export type DriftDetected = Event<
  'DriftDetected',
  { positionSide: PositionSide; ours: DecimalText; venue: DecimalText; policy: string }
>
/** Book and venue agree again. */
export type DriftResolved = Event<'DriftResolved', { positionSide: PositionSide; how: string }>
/** Venue and book contradict each other: only protection is sent until a command. */
export type ConflictDetected = Event<'ConflictDetected', { code: string; message: string }>
/** It is over. */
export type ConflictResolved = Event<'ConflictResolved', { note: string | null }>
/** Some open quantity has no stop at the venue. The time of this event is the time since when. */
export type ProtectionLost = Event<'ProtectionLost', { side: Side; quantity: DecimalText; reason: string }>
/** Every open quantity has a stop again. */
export type ProtectionRestored = Event<'ProtectionRestored', { forMs: number }>
/** Coarser orders than configured protect the group. Never: no stop. */
export type ProtectionDegraded = Event<'ProtectionDegraded', { side: Side; step: string; reason: string }>

/** Options of this book changed. Open tranches keep the percentages and levels they were opened with. */
export type ConfigurationChanged = Event<'ConfigurationChanged', { options: Readonly<Record<string, unknown>> }>
/** An entry was not allowed. Nothing was intended. */
export type EntryRefused = Event<'EntryRefused', { side: Side; code: string; message: string }>
/** A command had no effect. */
export type CommandRefused = Event<'CommandRefused', { command: string; code: string; message: string }>
/** Entries stop; protection goes on. */
export type TradingPaused = Event<'TradingPaused', { kind: PauseKind; actor: string | null }>
/** Entries may open again. */
export type TradingResumed = Event<'TradingResumed', { actor: string | null }>

/** What a book decided and recorded because of an input. State comes from these only. */
export type BookEvent =
  | BookOpened
  | FillBooked
  | FillFeeBooked
  | FillOrphaned
  | UnmatchedSettled
  | MarkObserved
  | FundingBooked
  | TrancheOpened
  | TrancheIncreased
  | TrancheReduced
  | TrancheClosed
  | TrancheLiquidated
  | TrancheIsolated
  | TrancheReleased
  | TrancheMerged
  | TrancheLabelled
  | TrancheAnnotated
  | StopMoved
  | TakeProfitMoved
  | TakeProfitReached
  | EstimateReplaced
  | OrderIntended
  | OrderAcknowledged
  | OrderTriggered
  | OrderRefused
  | OrderOutcomeUnknown
  | OrderEnding
  | OrderClosed
  | CancelIntended
  | CancelRefused
  | LeverageIntended
  | PositionChecked
  | DriftDetected
  | DriftResolved
  | ConflictDetected
  | ConflictResolved
  | ProtectionLost
  | ProtectionRestored
  | ProtectionDegraded
  | ConfigurationChanged
  | EntryRefused
  | CommandRefused
  | TradingPaused
  | TradingResumed

/** Names of all events. */
export type EventType = BookEvent['type']

/** The event of one name. */
export type EventOf<Type extends EventType> = Extract<BookEvent, { readonly type: Type }>
