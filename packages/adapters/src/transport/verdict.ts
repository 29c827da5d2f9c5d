import type { RefusalReason } from '../venue/write-result.js'

/** The answer is usable. */
export interface Done {
  readonly outcome: 'done'
  readonly status: number
  readonly text: string
  readonly body: unknown
}

/** What a failure means for a write. For a read each of them only means that it said nothing. */
export type Failure =
  | {
      readonly outcome: 'refused'
      readonly reason: RefusalReason
      readonly code: string | null
      readonly message: string
      readonly isPermanent: boolean
      readonly retryAfterMs: number | null
      /** The documents call it a refusal, yet a look by client id is due before another try. */
      readonly isDoubtful: boolean
    }
  | { readonly outcome: 'unknown'; readonly code: string | null; readonly message: string }
  | {
      readonly outcome: 'not-sent'
      readonly reason: 'budget' | 'banned' | 'connection' | 'closed' | 'invalid'
      readonly message: string
      readonly retryAfterMs: number | null
    }

export type Verdict = Done | Failure

/** How one of a venue's codes is to be taken. */
export interface CodeMeaning {
  readonly outcome: 'refused' | 'unknown'
  readonly reason: RefusalReason
  readonly isPermanent: boolean
  readonly isDoubtful?: boolean
}

/** A venue's error codes, by number. */
export type CodeTable = ReadonlyMap<number, CodeMeaning>
