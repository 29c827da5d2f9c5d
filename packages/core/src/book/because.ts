/** A candidate of a choice, in the order the rule ranked them. */
export interface Candidate {
  readonly tranche: string
  /** The value the rule ranked by, as text. */
  readonly value: string
  /** What it got; `null` = nothing, and `lost` says why. */
  readonly chosen: string | null
  readonly lost: string | null
}

/** Plain facts; decimals as strings. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

/** Why a decision fell as it did: the rule, what was configured, what was observed, whom it chose among. */
export interface Because {
  readonly rule: string
  readonly configured?: Facts
  readonly observed?: Facts
  /** At most {@link MAX_CANDIDATES}; `others` counts the rest. */
  readonly candidates?: readonly Candidate[]
  readonly others?: number
}

/** Candidates a reason lists before it only counts them. */
export const MAX_CANDIDATES = 12
