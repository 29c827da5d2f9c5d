import type { Decimal, DecimalText, Side } from '@tranchebook/core'

/** An entry that is wanted. */
export interface OpenRequest {
  readonly symbol: string
  readonly side: Side
  /** Base. */
  readonly quantity: DecimalText
  /** Limit price; at market where absent. */
  readonly price?: DecimalText | null
  readonly label?: string | null
  /** 0 to 1. */
  readonly signalStrength?: number | null
  /** Who asks, for the record. */
  readonly actor?: string | null
}

/** Names a tranche by label or id. */
export interface TrancheRequest {
  readonly symbol: string
  readonly tranche: string
  readonly actor?: string | null
}

/** An entry into an open tranche. */
export interface AddRequest extends TrancheRequest {
  readonly quantity: DecimalText
  readonly price?: DecimalText | null
}

/** An exit of a tranche; all of it where no quantity is given. */
export interface CloseRequest extends TrancheRequest {
  readonly quantity?: DecimalText | null
  readonly price?: DecimalText | null
}

/** A closing quantity looking for its tranches. */
export interface SelectRequest {
  readonly symbol: string
  readonly side: Side
  readonly quantity: DecimalText
  readonly price?: DecimalText
}

/** What a closing quantity would take from one tranche. */
export interface SelectedPart {
  /** Its id. */
  readonly tranche: string
  /** Base. */
  readonly quantity: Decimal
}

/** One symbol, or all where none is named. */
export interface SymbolRequest {
  readonly symbol?: string
  readonly actor?: string
}
