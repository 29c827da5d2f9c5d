import type { RefusalReason } from '../venue/write-result.js'
import type { CodeMeaning, CodeTable } from './verdict.js'

/** One row of a venue's code table. */
export interface CodeRow {
  readonly codes: readonly number[]
  readonly reason: RefusalReason
  /** The same request would be refused again. */
  readonly isPermanent: boolean
  /** `unknown` = the order may have been carried out. */
  readonly outcome?: CodeMeaning['outcome']
  readonly isDoubtful?: boolean
}

/** Rows that say "no", for certain. */
export function refusal(
  reason: RefusalReason,
  codes: readonly number[],
  isPermanent: 'permanent' | 'transient',
): CodeRow {
  return { codes, reason, isPermanent: isPermanent === 'permanent' }
}

/** From rows to numbers. Later rows win. */
export function codeTable(rows: readonly CodeRow[]): CodeTable {
  return new Map(
    rows.flatMap(({ codes, reason, isPermanent, outcome = 'refused', isDoubtful = false }) =>
      codes.map((code): readonly [number, CodeMeaning] => [code, { outcome, reason, isPermanent, isDoubtful }]),
    ),
  )
}
