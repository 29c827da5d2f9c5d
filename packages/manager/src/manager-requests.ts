import type { Decimal, DecimalText, Side, SizeStep } from '@tranchebook/core'

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

/** An entry whose size is to be advised. */
export interface SizeAdviceRequest extends Pick<OpenRequest, 'symbol' | 'side' | 'price' | 'signalStrength'> {
  /** Quote value that all tranches of the side may have cost together; `maxPositionSize` where absent. */
  readonly budget?: DecimalText | null
}

/** A size for an entry, by `trancheAllocation` and `sizingShape`. */
export interface AdvisedSize {
  /** Base, on the step; 0 = open nothing, and the last step says why. */
  readonly quantity: Decimal
  /** Quote value at the limit price, or at the mark. */
  readonly size: Decimal
  /** How it came about. */
  readonly steps: readonly SizeStep[]
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
