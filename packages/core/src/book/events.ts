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

export interface PartText {
  readonly tranche: string
  readonly quantity: DecimalText
}

export interface AmountPartText {
  readonly tranche: string
  readonly amount: DecimalText
}

/** A booking's share of a fee that was reported late. */
export interface FeePartText extends AmountPartText {
  readonly side: Side
  readonly isEntry: boolean
}

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

export type BookOpened = Event<'BookOpened', { account: string; symbol: string; positionMode: PositionMode }>

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
export type FillFeeBooked = Event<
  'FillFeeBooked',
  { tradeId: string; fee: DecimalText; feeAsset: string; parts: readonly FeePartText[] }
>
export type FillOrphaned = Event<'FillOrphaned', { tradeId: string; side: Side; quantity: DecimalText }>
/** A late entry was found for a close that had come first. */
export type UnmatchedSettled = Event<'UnmatchedSettled', { tradeId: string; side: Side; quantity: DecimalText }>
export type MarkObserved = Event<
  'MarkObserved',
  { price: DecimalText; high: DecimalText; low: DecimalText; markTime: number }
>
export type FundingBooked = Event<
  'FundingBooked',
  { fundingId: string; amount: DecimalText; asset: string; parts: readonly AmountPartText[]; unallocated: DecimalText }
>

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
export type TrancheClosed = Event<
  'TrancheClosed',
  { tranche: string; side: Side; exitPrice: DecimalText; realizedPnl: DecimalText; reason: string }
>
export type TrancheLiquidated = Event<
  'TrancheLiquidated',
  { tranche: string; side: Side; exitPrice: DecimalText; realizedPnl: DecimalText; reason: string }
>
export type TrancheIsolated = Event<
  'TrancheIsolated',
  { tranche: string; side: Side; price: DecimalText | null; pnlPercent: DecimalText | null }
>
export type TrancheReleased = Event<
  'TrancheReleased',
  { tranche: string; side: Side; price: DecimalText | null; pnlPercent: DecimalText | null }
>
export type TrancheMerged = Event<
  'TrancheMerged',
  TargetTexts & { tranche: string; side: Side; absorbed: readonly string[] }
>
export type TrancheLabelled = Event<'TrancheLabelled', { tranche: string; side: Side; label: string | null }>
export type TrancheAnnotated = Event<'TrancheAnnotated', { tranche: string; side: Side; note: string }>
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
export type TakeProfitMoved = Event<
  'TakeProfitMoved',
  { tranche: string; side: Side; from: DecimalText | null; to: DecimalText | null }
>
export type TakeProfitReached = Event<
  'TakeProfitReached',
  { tranche: string; side: Side; level: number; price: DecimalText; by: 'mark' | 'fill' }
>
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
export type OrderIntended = Event<'OrderIntended', OrderTerms>
export type OrderAcknowledged = Event<'OrderAcknowledged', { clientOrderId: string; venueOrderId: string | null }>
export type OrderTriggered = Event<'OrderTriggered', { clientOrderId: string; childOrderId: string | null }>
export type OrderRefused = Event<
  'OrderRefused',
  { clientOrderId: string; code: string | null; message: string | null; isPermanent: boolean }
>
export type OrderOutcomeUnknown = Event<'OrderOutcomeUnknown', { clientOrderId: string; message: string | null }>
/** Terminal at the venue, but fills that the venue counts have not been booked yet. */
export type OrderEnding = Event<
  'OrderEnding',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired'; filledQuantity: DecimalText }
>
export type OrderClosed = Event<
  'OrderClosed',
  { clientOrderId: string; status: 'filled' | 'cancelled' | 'expired' | 'absent'; filledQuantity: DecimalText | null }
>
export type CancelIntended = Event<'CancelIntended', { clientOrderId: string; reason: string }>
export type CancelRefused = Event<
  'CancelRefused',
  { clientOrderId: string; code: string | null; message: string | null }
>
export type LeverageIntended = Event<'LeverageIntended', { leverage: number; reason: string }>

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
export type DriftDetected = Event<
  'DriftDetected',
  { positionSide: PositionSide; ours: DecimalText; venue: DecimalText; policy: string }
>
export type DriftResolved = Event<'DriftResolved', { positionSide: PositionSide; how: string }>
export type ConflictDetected = Event<'ConflictDetected', { code: string; message: string }>
export type ConflictResolved = Event<'ConflictResolved', { note: string | null }>
export type ProtectionLost = Event<'ProtectionLost', { side: Side; quantity: DecimalText; reason: string }>
export type ProtectionRestored = Event<'ProtectionRestored', { forMs: number }>
export type ProtectionDegraded = Event<'ProtectionDegraded', { side: Side; step: string; reason: string }>

export type ConfigurationChanged = Event<'ConfigurationChanged', { options: Readonly<Record<string, unknown>> }>
export type EntryRefused = Event<'EntryRefused', { side: Side; code: string; message: string }>
export type CommandRefused = Event<'CommandRefused', { command: string; code: string; message: string }>
export type TradingPaused = Event<'TradingPaused', { kind: PauseKind; actor: string | null }>
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
