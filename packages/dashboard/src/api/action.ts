import type { BookEvent, DecimalText, RepairKind, Side } from '@tranchebook/core'
import type { RepairResult } from '@tranchebook/manager'
import type { SettingChange, SettingProblem } from './settings-view.js'

/** What may be asked of one book. Quantities are base, prices quote per base, both decimal text. */
export type BookAction =
  | {
      readonly command: 'openTranche'
      readonly side: Side
      readonly quantity: DecimalText
      /** `null` = market. */
      readonly price?: DecimalText | null
      readonly label?: string | null
    }
  | {
      readonly command: 'addToTranche'
      readonly tranche: string
      readonly quantity: DecimalText
      readonly price?: DecimalText | null
    }
  /** All of it where no quantity is given. */
  | {
      readonly command: 'closeTranche'
      readonly tranche: string
      readonly quantity?: DecimalText | null
      readonly price?: DecimalText | null
    }
  | { readonly command: 'closeGroup'; readonly side: Side }
  | { readonly command: 'flatten' }
  | { readonly command: 'mergeTranches'; readonly tranches: readonly string[] }
  | { readonly command: 'labelTranche'; readonly tranche: string; readonly label: string | null }
  | { readonly command: 'annotateTranche'; readonly tranche: string; readonly note: string }
  | { readonly command: 'isolateTranche'; readonly tranche: string }
  | { readonly command: 'releaseTranche'; readonly tranche: string }
  /** Gives it up without an order: what the venue holds of it is not ours any more. */
  | { readonly command: 'disownTranche'; readonly tranche: string }
  | { readonly command: 'moveStop'; readonly tranche: string; readonly price: DecimalText; readonly force?: boolean }
  | { readonly command: 'moveTakeProfit'; readonly tranche: string; readonly price: DecimalText | null }
  | { readonly command: 'resolveConflict'; readonly note?: string | null }
  | { readonly command: 'configure'; readonly options: Readonly<Record<string, unknown>> }

/** What may be asked of one book or of all. */
export interface SwitchAction {
  readonly command: 'pause' | 'gracefulStop' | 'killSwitch' | 'resume'
}

/**
 * What is mended of one book or of all, as the commands `protect`, `adopt` and `reconcile` do. `takeOver` ends a conflict in which book
 * and venue hold opposite sides: the venue's side counts from then on.
 */
export interface RepairAction {
  readonly command: RepairKind
  /** What `rollBack` gives up, by id or label; all that was adopted where none is named. */
  readonly tranches?: readonly string[]
  /** How long the outcome is waited for, ms (30000, at most 120000). */
  readonly timeoutMs?: number
}

/** An action with the book it concerns; switches and repairs may leave the symbol `null` = all books. */
export type Action =
  | (BookAction & { readonly account: string; readonly symbol: string })
  | ((SwitchAction | RepairAction) & { readonly account: string; readonly symbol: string | null })

/** An order that an action would have sent, as far as the book knows now. */
export interface ExpectedOrder {
  readonly symbol: string
  readonly sentence: string
}

/** What an action would do. Nothing has happened. */
export interface ActionPreview {
  /** What it does, in one sentence. */
  readonly says: string
  readonly orders: readonly ExpectedOrder[]
  /** Settings that would change; empty for all but `configure`. */
  readonly changes: readonly SettingChange[]
  /** Why it cannot be done as asked; empty = it can. */
  readonly problems: readonly SettingProblem[]
  /** Of a repair: every step it would take, and how the venue covers what is open; `null` for all else. */
  readonly repair: RepairResult | null
  /** Send it back with the action to have it done, once; `null` while there are problems. */
  readonly confirmation: string | null
  /** When the confirmation is no longer taken, epoch ms. */
  readonly expiresTime: number
}

/** An action that shall be done. */
export interface ActionRequest {
  readonly action: Action
  /** Who asks, for the record: up to 40 letters, digits, blanks and `.@:_-`. */
  readonly actor?: string
  /** From the preview of this very action. */
  readonly confirmation: string
}

/** What became of an action in one book. It is durable; orders are on their way. */
export interface ActionResult {
  readonly symbol: string
  readonly accepted: boolean
  /** Why not; `null` = accepted. */
  readonly code: string | null
  readonly message: string | null
  /** Client ids of the orders intended. */
  readonly orders: readonly string[]
  readonly events: readonly BookEvent[]
  readonly sentences: readonly string[]
}

/** What became of an action. */
export interface ActionAnswer {
  /** True when every book it concerns accepted it; the results say which did not. */
  readonly accepted: boolean
  readonly results: readonly ActionResult[]
  /** Of a repair that was done: its steps, and how the venue covers what is open after it; `null` otherwise. */
  readonly repair: RepairResult | null
}
