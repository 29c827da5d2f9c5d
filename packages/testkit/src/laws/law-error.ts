import { type ErrorDetails, TranchebookError } from '@tranchebook/core'

const TERMS = { code: 'testkit.law-broken' } as const

/** A law does not hold: which one, where, what was expected and what came. */
export class LawError extends TranchebookError {
  constructor(law: string, story: string, more: { readonly details?: ErrorDetails; readonly cause?: unknown } = {}) {
    super(TERMS.code, `${law}: ${story}`, { ...more, details: { law, ...more.details } })
  }
}

/** States a law at one place. @throws {LawError} `testkit.law-broken` where it does not hold */
export function mustHold(isTrue: boolean, law: string, story: () => string): void {
  if (!isTrue) throw new LawError(law, story())
}
