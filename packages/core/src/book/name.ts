import type { TrancheBook } from './book.js'
import type { Tranche } from './tranche.js'

/** In characters. */
export const LONGEST_LABEL = 100

/** What a tranche can be called by. */
export interface Named {
  readonly id: string
  readonly label: string | null
}

/** Those that a person or a bot means by a name: of that id, else of that label. More than one is ambiguous, and for the caller to refuse. */
export function namedBy<One extends Named>(name: string, candidates: readonly One[]): readonly One[] {
  const byId = candidates.filter(({ id }) => id === name)
  return byId.length > 0 ? byId : candidates.filter(({ label }) => label === name)
}

/**
 * Those that a fill means: of that label, else of that id. What a feed calls its tranches is meant even where it is shaped like an
 * id of ours, which only a feed's own names can be.
 */
export function namedByFill<One extends Named>(name: string, candidates: readonly One[]): readonly One[] {
  const byLabel = candidates.filter(({ label }) => label === name)
  return byLabel.length > 0 ? byLabel : candidates.filter(({ id }) => id === name)
}

/** Open tranches of both sides. */
export function openTranchesOf({ groups: { LONG, SHORT } }: TrancheBook): readonly Tranche[] {
  return [...LONG.tranches, ...SHORT.tranches]
}

/** Whether a tranche can be called so: at most {@link LONGEST_LABEL} characters, not blank. */
export function isLabel(text: string): boolean {
  return text.trim() !== '' && Array.from(text).length <= LONGEST_LABEL
}

/** Whether text is shaped like the id of a tranche: T and digits. */
export function isTrancheId(text: string): boolean {
  return /^T\d+$/.test(text)
}
