import type { Because } from './because.js'

/** A decimal as plain text, exact; see `money/`. */
export type DecimalText = string

/** Decimals by asset. */
export type AmountTexts = Readonly<Record<string, DecimalText>>

/** What every event carries. Events are plain JSON: a log keeps them, byte for byte. */
export interface EventHeader {
  /** Schema version of this event type; older ones are upcast when read. */
  readonly version: number
  /** Epoch ms, from the input that caused it. */
  readonly time: number
  /** Id of that input. */
  readonly causationId: string
  /** What belongs together: the intent's client order id where there is one, the input's id otherwise. */
  readonly correlationId: string
  readonly because?: Because
}

/** An event of one type: its name, its schema version, the header, and its own fields. */
export type Event<Type extends string, Body, Version extends number = 1> = EventHeader & {
  readonly type: Type
  readonly version: Version
} & Readonly<Body>

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

/** A step of scaled take profit as text; see `TakeProfitLevel`. */
export interface LevelText {
  readonly profitPercent: DecimalText
  readonly closePercent: DecimalText
  readonly price: DecimalText
  readonly quantity: DecimalText
  readonly filled: DecimalText
  readonly hitTime: number | null
}

/** Targets of a tranche, as they stand after an entry fill. */
export interface TargetTexts {
  readonly takeProfitPrice: DecimalText | null
  readonly stopPrice: DecimalText | null
  readonly levels: readonly LevelText[]
}
