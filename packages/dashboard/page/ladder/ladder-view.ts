/** A target of a tranche: a level of scaled take profit, or its single take profit. Decimals are text. */
export interface LadderTarget {
  /** 1-based; `null` = the single take profit. */
  readonly level: number | null
  readonly price: string
  /** Share of the original quantity it closes; `null` = all that is left. */
  readonly sharePercent: string | null
  readonly quantity: string
  readonly isHit: boolean
}

/** An open tranche as the ladder draws it. */
export interface LadderTranche {
  readonly id: string
  readonly label: string | null
  readonly side: 'LONG' | 'SHORT'
  readonly isIsolated: boolean
  /** What an isolated tranche waits for; `null` = it waits for nothing. */
  readonly waitsFor: string | null
  readonly entryPrice: string
  readonly quantity: string
  readonly originalQuantity: string
  /** `null` = it has no stop. */
  readonly stopPrice: string | null
  /** Why the stop stands there, in words: `stop −2 %`, `stop at entry`. */
  readonly stopText: string
  /** Nearest first. */
  readonly targets: readonly LadderTarget[]
  readonly pnlPercent: string | null
}

/** What a ladder is drawn from: the open tranches of a book, oldest first. */
export interface LadderView {
  readonly tranches: readonly LadderTranche[]
  /** `null` = unknown: no line is drawn. */
  readonly mark: string | null
  readonly priceDecimals: number | null
  readonly quantityDecimals: number | null
}
