import { DOCS_URL, type ErrorDetails, TranchebookError } from '@tranchebook/core'

/** Where to read what to do with a log that was restored, deleted or damaged. */
export const RESTORED_PAGE = `${DOCS_URL}/recovery.md#a-log-that-was-restored`

/** What is known about a failed append: nothing left this process, the log refused it, or nobody knows. */
export type AppendOutcome = 'not-sent' | 'refused' | 'unknown'

/** The log could not do what was asked. */
export class StoreError extends TranchebookError {}

/** The stream is not at the version the append was decided on, or an event id is taken. Read again and decide again. */
export class ConflictError extends StoreError {
  readonly outcome: AppendOutcome = 'refused'
}

interface AppendFailure {
  readonly outcome: AppendOutcome
  readonly details?: ErrorDetails
  readonly cause?: unknown
}

/**
 * Somebody else owns the account now: this writer must stop. `unknown` where an earlier attempt of the same append had lost its
 * answer: the log may have it.
 */
export class FencedError extends StoreError {
  readonly outcome: AppendOutcome

  constructor(code: string, message: string, { outcome, details, cause }: AppendFailure) {
    super(code, message, { details: { ...details, outcome }, cause })
    this.outcome = outcome
  }
}

/** An append that did not succeed for a reason outside the log; `outcome` says what is known. */
export class AppendError extends StoreError {
  readonly outcome: AppendOutcome

  constructor(code: string, message: string, { outcome, details, cause }: AppendFailure) {
    super(code, message, { details: { ...details, outcome }, cause })
    this.outcome = outcome
  }
}
